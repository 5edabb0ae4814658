import Schemas
import Storage

/// Judges milestones: configuration, pages, evidence and clock in, verdicts out. Of files it reads only what the
/// subjects' `evaluations` open.
///
///     let gate = MilestoneGate(config: config, pages: pages, codexVersion: "0.1.0")
///     let verdicts = gate.judge(milestones, subject: subject, contents: try ledger.contents(), now: now)
///
/// Recorded verdicts are never evidence: every clause is judged again, also those of earlier milestones.
public struct MilestoneGate: Sendable {
  private let config: GatesConfig
  private let pages: MilestonePages
  private let codexVersion: String

  public init(config: GatesConfig, pages: MilestonePages, codexVersion: String) {
    self.config = config
    self.pages = pages
    self.codexVersion = codexVersion
  }

  /// Judges milestones; the own clauses of each are judged once, however many others require it.
  ///
  /// - Parameters:
  ///   - milestones: Of the configuration's.
  ///   - others: The other runs of the workspace, by id.
  ///   - contents: The ledger, strictly read.
  ///   - now: Seconds since 1970-01-01 UTC.
  /// - Returns: A verdict for each, whose clauses are the ledger's, the milestone's own, its action items', and one
  ///   `requires_<milestone>` for each earlier milestone; passed only if all of them are.
  public func judge(
    _ milestones: [GatesConfig.Milestone], subject: GateSubject, others: [String: GateSubject] = [:],
    contents: LedgerContents, now: Double
  ) -> [VerdictRecord] {
    let scene = MetricClause.Scene(
      subject: subject, others: others, evidence: GateEvidence(contents: contents), now: now)
    let head = pinnedHead(scene)
    var judged: [String: [ClauseVerdict]] = [:]
    func own(_ milestone: GatesConfig.Milestone) -> [ClauseVerdict] {
      let clauses = judged[milestone.id] ?? ownClauses(milestone, scene)
      judged[milestone.id] = clauses
      return clauses
    }
    return milestones.map { milestone in
      let earlier = config.milestones.prefix { $0.id != milestone.id }
      let clauses = [head] + own(milestone) + earlier.map { requirement($0, own($0), now) }
      return VerdictRecord(
        milestone: milestone.id, passed: clauses.allSatisfy(\.passed), runID: subject.runID,
        weightsDigest: subject.weightsDigest, clauses: clauses, gatesConfigDigest: config.digest,
        standardGates: config.isStandard, ledgerHead: contents.head, codexVersion: codexVersion, recordedAt: now)
    }
  }

  private func ownClauses(_ milestone: GatesConfig.Milestone, _ scene: MetricClause.Scene) -> [ClauseVerdict] {
    milestone.clauses.map { $0.judge(scene) }
      + milestone.cadence.map { clause in
        clause.judge(scene, overrides: pages.overrides[clause.notes], registered: pages.registered)
      } + [actionItems(milestone)]
  }

  /// The ledger must still have the lines that its head file and the run's metadata name: a ledger that was cut has a
  /// whole chain too.
  private func pinnedHead(_ scene: MetricClause.Scene) -> ClauseVerdict {
    let (subject, evidence) = (scene.subject, scene.evidence)
    if let loss = evidence.contents.headState.loss {
      return ClauseVerdict("ledger_head", GateReason(loss), loss.message(log: "the ledger"))
    }
    if let line = evidence.line(after: scene.now + MetricClause.clockTolerance) {
      return ClauseVerdict(
        "ledger_head", .fromTheFuture,
        "line \(line.sequence) of the ledger was recorded after now: this clock, or another's, is wrong, and the age of "
          + "evidence cannot be told. Set the clocks right.", line)
    }
    guard let head = subject.metadata.ledgerHead else {
      return ClauseVerdict(
        "ledger_head", .headNotPinned,
        "the metadata of run \(subject.runID) name no line of the ledger. Evaluate it with 'codex evaluate'.")
    }
    guard evidence.contents.reaches(head) else {
      return ClauseVerdict(
        "ledger_head", .headNotReached,
        "the ledger has no line \(head.sequence) with \(head.digest), which run \(subject.runID) was evaluated into: it "
          + "was cut or exchanged. Restore it.")
    }
    return ClauseVerdict("ledger_head", .ok, "the ledger has line \(head.sequence), as the run's metadata say.", head)
  }

  private func actionItems(_ milestone: GatesConfig.Milestone) -> ClauseVerdict {
    guard let item = pages.actionItems[milestone.id]?.first else {
      return ClauseVerdict("action_items", .ok, "no open action item.")
    }
    let refusal = item.refusal(.openActionItem, remedy: "Finish and tick it.")
    return ClauseVerdict("action_items", refusal.reason, refusal.message)
  }

  /// An earlier milestone, whose own clauses are `clauses`, must hold now, or be waived.
  private func requirement(
    _ milestone: GatesConfig.Milestone, _ clauses: [ClauseVerdict], _ now: Double
  ) -> ClauseVerdict {
    let id = "requires_\(milestone.id)"
    let open = clauses.filter { !$0.passed }
    guard let first = open.first else { return ClauseVerdict(id, .ok, "\(milestone.id)'s own clauses hold.") }
    let why = "\(milestone.id) is open (\(first.clause): \(first.reason))"
    do throws(GateRefusal) {
      guard let page = pages.waivers[milestone.id] else {
        throw GateRefusal(.milestoneOpen, "\(why): \(first.message)")
      }
      switch page {
      case .missing(let page):
        throw GateRefusal(.waiverMissing, "\(why), and its waiver \(page) is not there. Write it, or name none.")
      case .unreadable(let page, let problem):
        throw GateRefusal(
          .waiverUnreadable,
          "\(why), and its waiver \(page) cannot be read: \(problem) A waiver excuses what fails: \(Waiver.example).")
      case .found(let waiver, let page):
        try waiver.check(waiving: milestone.id, now: now, page: page)
        let excused = try waiver.excusing(open, page: page)
        return ClauseVerdict(
          id, .waived,
          "\(why), waived by \(waiver.owner) until \(waiver.expires) (\(page)), which excuses \(excused): "
            + waiver.reason)
      }
    } catch {
      return ClauseVerdict(id, error.reason, error.message)
    }
  }
}

extension GateReason {
  fileprivate init(_ loss: HeadLoss) {
    switch loss {
    case .missing: self = .headFileMissing
    case .cut: self = .cutBelowHead
    case .altered: self = .headFileAltered
    }
  }
}

extension ClauseVerdict {
  /// A verdict about no figure.
  init(
    _ clause: String, _ reason: GateReason, _ message: String, _ evidence: LedgerHead? = nil, count: Int? = nil
  ) {
    self.init(
      clause: clause, passed: reason.isPassing, reason: reason.rawValue, message: message, metric: nil, value: nil,
      comparator: nil, threshold: nil, count: count, evidence: evidence)
  }
}
