import Schemas

/// Judges milestones: configuration, pages, evidence and clock in, a verdict out. Pure: it reads no files.
///
///     let gate = MilestoneGate(config: config, pages: pages, codexVersion: "0.1.0")
///     let verdict = gate.judge(milestone, subject: subject, contents: try ledger.contents(), now: now)
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

  /// Judges one milestone.
  ///
  /// - Parameters:
  ///   - milestone: One of the configuration's.
  ///   - contents: The ledger, strictly read.
  ///   - now: Seconds since 1970-01-01 UTC.
  /// - Returns: A verdict whose clauses are the ledger's, the milestone's own, its action items', and one
  ///   `requires_<milestone>` for each earlier milestone; passed only if all of them are.
  public func judge(
    _ milestone: GatesConfig.Milestone, subject: GateSubject, contents: LedgerContents, now: Double
  ) -> VerdictRecord {
    let evidence = GateEvidence(contents: contents)
    let earlier = config.milestones.prefix { $0.id != milestone.id }
    let clauses =
      [pinnedHead(subject, evidence)] + ownClauses(milestone, subject, evidence, now)
      + earlier.map { requirement($0, subject, evidence, now) }
    return VerdictRecord(
      milestone: milestone.id, passed: clauses.allSatisfy(\.passed), runID: subject.runID,
      weightsDigest: subject.weightsDigest, clauses: clauses, gatesConfigDigest: config.digest,
      ledgerHead: contents.head, codexVersion: codexVersion, recordedAt: now)
  }

  private func ownClauses(
    _ milestone: GatesConfig.Milestone, _ subject: GateSubject, _ evidence: GateEvidence, _ now: Double
  ) -> [ClauseVerdict] {
    milestone.clauses.map { $0.judge(subject, evidence: evidence, now: now) }
      + milestone.cadence.map { clause in
        clause.judge(subject, evidence: evidence, overrides: pages.overrides[clause.notes], now: now)
      } + [actionItems(milestone)]
  }

  /// The ledger must still have the line that the run's metadata name: a ledger that was cut has a whole chain too.
  private func pinnedHead(_ subject: GateSubject, _ evidence: GateEvidence) -> ClauseVerdict {
    guard let head = subject.ledgerHead else {
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

  /// An earlier milestone must hold now, or be waived.
  private func requirement(
    _ milestone: GatesConfig.Milestone, _ subject: GateSubject, _ evidence: GateEvidence, _ now: Double
  ) -> ClauseVerdict {
    let id = "requires_\(milestone.id)"
    let open = ownClauses(milestone, subject, evidence, now).filter { !$0.passed }
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

extension ClauseVerdict {
  /// A verdict about no figure.
  fileprivate init(_ clause: String, _ reason: GateReason, _ message: String, _ evidence: LedgerHead? = nil) {
    self.init(
      clause: clause, passed: reason.isPassing, reason: reason.rawValue, message: message, metric: nil, value: nil,
      comparator: nil, threshold: nil, count: nil, evidence: evidence)
  }
}
