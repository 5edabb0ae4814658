import Schemas

/// A rendering of a pod and the newest report on it.
struct PodRollout {
  let rendering: LedgerRecord<DeploymentRecord>
  let report: LedgerRecord<RolloutRecord>

  /// Seconds that a report may come after the event.
  static let longestDelay = 86_400.0

  /// The renderings of `pod` that were applied, as far as the newest report on each says, in the order of the ledger.
  static func applied(_ pod: String, in contents: LedgerContents) -> [PodRollout] {
    contents.deployments.filter { $0.record.pod == pod }.compactMap { rendering in
      let newest = contents.rollouts.last { $0.record.rendering == rendering.head }
      guard let newest, newest.record.outcome == .applied else { return nil }
      return PodRollout(rendering: rendering, report: newest)
    }
  }

  /// Throws where the instants of the records cannot be those of what they tell.
  ///
  /// - Parameters:
  ///   - registered: When a tag first named the bundle; nil where none ever did.
  func checkInstants(
    of run: GateSubject, registered: Double?, in evidence: GateEvidence, now: Double
  ) throws(GateRefusal) {
    let record = rendering.record
    func contradiction(_ what: String) -> GateRefusal {
      GateRefusal(
        .contradictory,
        "the deployment in line \(rendering.head.sequence) \(what): a clock was wrong, or a record is. It counts for "
          + "nothing; deploy again.")
    }
    guard let registered else {
      throw GateRefusal(
        .unregistered,
        "line \(rendering.head.sequence) deploys the bundle \(record.bundleDigest), which no tag of this workspace ever "
          + "named. Register it with 'codex register', then deploy.")
    }
    let tolerance = MetricClause.clockTolerance
    guard record.recordedAt >= run.metadata.startedAt - tolerance else {
      throw contradiction("is dated before its run began")
    }
    guard record.recordedAt >= registered - tolerance else { throw contradiction("is dated before its bundle's tag") }
    guard evidence.isInOrder(rendering.head, record.recordedAt) else {
      throw contradiction("is dated before the lines above it")
    }
    let report = report.record
    guard report.manifestDigest == record.manifestDigest, report.pod == record.pod else {
      throw contradiction("was reported on with another manifest")
    }
    guard evidence.isInOrder(self.report.head, report.recordedAt) else {
      throw contradiction("was reported on before the lines above the report")
    }
    guard report.at >= record.recordedAt, report.at <= report.recordedAt,
      report.recordedAt - report.at <= Self.longestDelay
    else { throw contradiction("was applied before it was rendered, or more than a day before it was reported") }
  }
}

extension GateEvidence {
  /// Whether no line above `head` was recorded later than `instant`, but for what clocks may differ by.
  func isInOrder(_ head: LedgerHead, _ instant: Double) -> Bool {
    contents.lines.prefix(max(0, head.sequence)).allSatisfy { line in
      line.entry.recordedAt.map { $0 <= instant + MetricClause.clockTolerance } ?? true
    }
  }
}
