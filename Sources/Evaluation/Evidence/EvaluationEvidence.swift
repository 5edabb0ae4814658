import Ledger
import Schemas

/// What an evaluation leaves in the metrics ledger: each answer, then each figure computed from them.
public struct EvaluationEvidence: Sendable {
  let summary: EvaluationSummary
  let samples: [SampleRecord]
  let identities: [String: MetricIdentity]
  let again: String?
  let reference: MetricReference?

  /// - Parameters:
  ///   - samples: All of the evaluation, in order.
  ///   - identities: What the answers are evidence of, by mode.
  ///   - again: Why the question was asked again.
  ///   - reference: The evaluation that the win rates compare with.
  public init(
    _ summary: EvaluationSummary, samples: [SampleRecord], identities: [String: MetricIdentity], again: String? = nil,
    reference: EvaluationSummary? = nil
  ) {
    self.summary = summary
    self.samples = samples
    self.identities = identities
    self.again = again
    self.reference = reference.map {
      MetricReference(
        runID: $0.runID, weightsDigest: $0.weightsDigest, runConfigDigest: $0.runConfigDigest,
        measurementID: $0.measurementID)
    }
  }

  /// Items first, so that no figure ever stands without the answers behind it.
  public var entries: [LedgerEntry] {
    samples.map {
      .item(ItemRecord(measurementID: summary.measurementID, runID: summary.runID, sample: $0))
    } + metrics.map { .metric($0) }
  }

  /// By mode: every score of the whole, of each world and of each level, then the win rate.
  var metrics: [MetricRecord] {
    summary.modes.flatMap { mode in
      ([mode.overall] + mode.worlds + mode.levels).flatMap { scores($0, mode.mode) }
        + summary.winRates.filter { $0.mode == mode.mode }.map(winRate)
    }
  }

  private func scores(_ score: ScoreRecord, _ mode: String) -> [MetricRecord] {
    func ratio(_ metric: MetricName, _ share: ShareRecord) -> MetricRecord {
      record(metric, share.value, interval: (share.lower, share.upper), count: share.total, mode, score.group)
    }
    let count = score.accuracy.total
    func latency(_ metric: MetricName, _ value: Double?) -> MetricRecord {
      record(metric, value, reason: value == nil ? score.latency.reason : nil, count: count, mode, score.group)
    }
    return [
      ratio(.traceCoverage, score.traceCoverage), ratio(.accuracy, score.accuracy),
      ratio(.firstAttemptAccuracy, score.firstAttemptAccuracy),
      latency(.latencyP50, score.latency.p50Milliseconds), latency(.latencyP95, score.latency.p95Milliseconds),
      record(.modelEvaluations, score.meanModelEvaluations, count: count, mode, score.group),
    ]
  }

  private func winRate(_ rate: WinRateRecord) -> MetricRecord {
    record(
      .winRate, rate.value, interval: (rate.lower, rate.upper), count: rate.wins + rate.ties + rate.losses, rate.mode,
      "all", reference: reference)
  }

  private func record(
    _ metric: MetricName, _ value: Double?, reason: String? = nil, interval: (lower: Double, upper: Double)? = nil,
    count: Int, _ mode: String, _ group: String, reference: MetricReference? = nil
  ) -> MetricRecord {
    MetricRecord(
      metric: metric.rawValue, value: value, reason: reason, unit: metric.unit, lower: interval?.lower,
      upper: interval?.upper, count: count, mode: mode, group: group, measurementID: summary.measurementID,
      identity: identities[mode] ?? MetricIdentity([:]), reference: reference, again: again,
      codexVersion: summary.codexVersion, recordedAt: summary.recordedAt)
  }
}
