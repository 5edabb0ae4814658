import Schemas
import Statistics

/// Two runs' newest answers to the same problems, paired.
public struct MetricComparison: Sendable {
  /// The comparison in one mode.
  public struct Row: Sendable, Equatable {
    public let dataset: String
    public let mode: String
    /// Problems.
    public let count: Int
    /// Problems on which the run does better, alike, worse.
    public let wins: Int
    public let ties: Int
    public let losses: Int
    /// (wins + ties/2) / problems, with its bootstrap 95 % interval, clustered by problem.
    public let winRate: Double
    public let lower: Double
    public let upper: Double
    /// McNemar's exact p value, two-sided: whether wins and losses come equally often.
    public let pValue: Double
    /// The same after Holm, over all rows that were looked at together.
    public fileprivate(set) var adjustedPValue: Double
    /// The smallest difference of wins and losses, as a share of the problems, that these many problems show in four cases
    /// of five; nil where there are too few.
    public let detectableDifference: Double?
    /// The metric of the run and of the reference; nil for a quantile that falls among failures.
    public let value: Double?
    public let referenceValue: Double?
  }

  public let metric: MetricName
  /// What problems are compared by: accuracy, where a win rate was asked for.
  public var compared: MetricName { metric.isPaired ? .accuracy : metric }
  /// One for each mode and problem set that both runs were measured on.
  public let rows: [Row]

  /// - Parameter metric: `reasoning.win_rate` compares accuracy.
  /// - Throws: `LedgerError.notMeasured`, `.notPaired`; `.unsuitable` for latency reports.
  public init(
    of metric: MetricName, in contents: LedgerContents, runID: String, reference: String, mode: String? = nil
  ) throws {
    guard !metric.isShadow else {
      throw LedgerError.unsuitable(
        metric: metric.rawValue, use: "compared problem by problem", remedy: "Compare reasoning.latency_p95 instead.")
    }
    self.metric = metric
    let own = metric.isPaired ? MetricName.accuracy : metric
    let candidate = NewestMeasurements(of: own, in: contents, runID: runID, mode: mode)
    guard !candidate.records.isEmpty else {
      throw LedgerError.notMeasured(metric: own.rawValue, run: runID, mode: mode)
    }
    let theirs = NewestMeasurements(of: own, in: contents, runID: reference, mode: mode)
    let rows = try candidate.records.compactMap { record -> Row? in
      let other = theirs.records.first {
        $0.mode == record.mode && $0.identity[.dataset] == record.identity[.dataset]
          && $0.identity[.problems] == record.identity[.problems]
      }
      guard let other else { return nil }  // the run's own dataset, say, which is not the reference's
      return try Self.row(
        own, record, candidate.samples(of: record), theirs.samples(of: other), reference: reference)
    }
    guard !rows.isEmpty else {
      throw LedgerError.notPaired(run: runID, reference: reference, mode: candidate.records[0].mode)
    }
    self.rows = try zip(rows, holmAdjusted(rows.map(\.pValue))).map { $0.adjusted(to: $1) }
  }

  private static func row(
    _ metric: MetricName, _ record: MetricRecord, _ samples: [SampleRecord], _ reference: [SampleRecord],
    reference name: String
  ) throws -> Row {
    let scores = Dictionary(reference.map { ($0.problemID, score(metric, $0)) }) { first, _ in first }
    let pairs = samples.map { (score(metric, $0), scores[$0.problemID]) }
    let paired = pairs.compactMap { own, their in their.map { (own, $0) } }
    guard paired.count == samples.count, scores.count == samples.count, !samples.isEmpty else {
      throw LedgerError.notPaired(run: record.identity.runID, reference: name, mode: record.mode)
    }
    let (wins, losses) = (paired.count { $0.0 > $0.1 }, paired.count { $0.0 < $0.1 })
    let ties = paired.count - wins - losses
    // A problem is one cluster, and has one pair: the interval follows from the counts.
    let estimate = try Bootstrap().winRate(wins: wins, ties: ties, losses: losses)
    let test = try mcNemarTest(wins: wins, losses: losses)
    let discordant = Double(wins + losses) / Double(paired.count)
    return Row(
      dataset: record.identity.dataset, mode: record.mode, count: paired.count, wins: wins, ties: ties, losses: losses,
      winRate: estimate.value, lower: estimate.interval.lower, upper: estimate.interval.upper,
      pValue: test.pValue, adjustedPValue: test.pValue,
      detectableDifference: try? minimumDetectableEffect(pairs: paired.count, discordantShare: discordant),
      value: try RecomputedFigure(metric, over: samples).value,
      referenceValue: try RecomputedFigure(metric, over: reference).value)
  }

  /// Higher is better.
  private static func score(_ metric: MetricName, _ sample: SampleRecord) -> Double {
    switch metric {
    case .traceCoverage: sample.covered ? 1 : 0
    case .accuracy, .winRate: sample.correct ? 1 : 0
    case .firstAttemptAccuracy: sample.correct && !sample.repaired ? 1 : 0
    case .modelEvaluations: -Double(sample.modelEvaluations)
    case .latencyP50, .latencyP95, .shadowLatencyP50, .shadowLatencyP95: -(sample.latencyMilliseconds ?? .infinity)
    }
  }
}

extension MetricComparison.Row {
  fileprivate func adjusted(to pValue: Double) -> MetricComparison.Row {
    var row = self
    row.adjustedPValue = pValue
    return row
  }
}
