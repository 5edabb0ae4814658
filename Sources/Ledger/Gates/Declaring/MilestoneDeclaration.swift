import Composition
import Schemas
import Storage

/// What somebody undertakes to ask: the figures of a milestone, of a template and its training seeds.
public struct MilestoneDeclaration: Sendable {
  /// One figure of the milestone.
  public struct Question: Sendable, Equatable {
    public let clause: MetricClause
    /// The template as this workspace has it.
    public let template: PinnedName
    public let seeds: [UInt64]
  }

  /// A declaration that is in the ledger.
  public struct Declared: Sendable, Equatable {
    public let record: IntentionRecord
    /// How often this clause was declared until now, this time included; verdicts count the same.
    public let attempt: Int
  }

  public let milestone: String
  /// There is one.
  public let questions: [Question]
  private let gatesConfigDigest: Digest

  /// - Parameters:
  ///   - template: A template's name; nil for the one that each clause names.
  ///   - seeds: Training seeds; nil for those of the clause's pairs, and 0 where it has none.
  ///   - present: Composes a template without overrides, as this workspace has it.
  /// - Throws: `DeclarationError`; what `present` throws.
  public init(
    of milestone: GatesConfig.Milestone, in gates: GatesConfig, template: String?, seeds: [UInt64]?,
    present: (String) throws -> ResolvedConfig
  ) throws {
    guard !milestone.clauses.isEmpty else { throw DeclarationError.noFigures(milestone: milestone.id) }
    let asked = milestone.clauses.filter { template == nil || $0.mayAsk(of: template ?? "") }
    if let template, asked.isEmpty {
      throw DeclarationError.templateNotAsked(
        milestone: milestone.id, template: template, asked: milestone.clauses.flatMap(\.templateNames))
    }
    self.milestone = milestone.id
    gatesConfigDigest = gates.digest
    questions = try asked.map { clause in
      let name = try template ?? clause.onlyTemplateName(of: milestone.id)
      let here = PinnedName(name, try present(name).digest)
      let demand = clause.identity[.template]
      guard demand.admits(here.description, fact: here.description) else {
        throw DeclarationError.otherTemplate(clause: clause.id, asked: demand.text, here: here.description)
      }
      return Question(clause: clause, template: here, seeds: try clause.seeds(seeds))
    }
  }

  /// Writes an intention for each question, all or none, as one batch.
  ///
  /// The same declaration again is another attempt.
  ///
  /// - Parameter now: Seconds since 1970-01-01 UTC.
  /// - Throws: As `MetricsLedger.append(reading:)` does.
  public func record(in ledger: MetricsLedger, codexVersion: String, now: Double) throws -> [Declared] {
    var declared: [Declared] = []
    try ledger.append(reading: { contents in
      declared = try questions.map { question in
        let digest = question.clause.digest
        let before = contents.intentions.count { $0.record.clauseDigest == digest }
        return Declared(
          record: try intention(question, codexVersion: codexVersion, now: now), attempt: before + 1)
      }
      return declared.map { .intention($0.record) }
    })
    return declared
  }

  private func intention(_ question: Question, codexVersion: String, now: Double) throws -> IntentionRecord {
    func record(called id: String) -> IntentionRecord {
      IntentionRecord(
        id: id, milestone: milestone, clause: question.clause.id, clauseDigest: question.clause.digest,
        gatesConfigDigest: gatesConfigDigest, template: question.template.description, seeds: question.seeds,
        budget: question.clause.identity[.budget].text, codexVersion: codexVersion, recordedAt: now)
    }
    let nameless = try RecordEncoder().bytes(of: record(called: ""))
    return record(called: String(Digest(of: nameless).hexadecimal.prefix(12)))
  }
}

extension MetricClause {
  /// The templates that it names; empty where it leaves them open.
  fileprivate var templateNames: [String] {
    if case .values(let texts) = identity[.template] { texts.map(PinnedName.name(in:)) } else { [] }
  }

  /// Whether a run of the template called `name` can be evidence.
  fileprivate func mayAsk(of name: String) -> Bool { templateNames.isEmpty || templateNames.contains(name) }

  fileprivate func onlyTemplateName(of milestone: String) throws(DeclarationError) -> String {
    guard templateNames.count == 1 else {
      throw DeclarationError.templateNotNamed(milestone: milestone, clause: id, asked: templateNames)
    }
    return templateNames[0]
  }

  fileprivate func seeds(_ chosen: [UInt64]?) throws(DeclarationError) -> [UInt64] {
    guard let chosen else { return reference?.seeds ?? [0] }
    if let asked = reference?.seeds, let other = chosen.first(where: { !asked.contains($0) }) {
      throw DeclarationError.seedNotAsked(clause: id, seed: other, asked: asked)
    }
    return chosen
  }
}
