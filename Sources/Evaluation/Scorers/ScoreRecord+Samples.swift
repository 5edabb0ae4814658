import Schemas

extension ScoreRecord {
  /// All scores of one group of samples. Throws `StatisticsError` without samples.
  init(group: String, _ samples: [SampleRecord]) throws {
    func abstentions(_ reason: TraceRecord.Abstention) -> Int { samples.count { $0.abstention == reason } }
    try self.init(
      group: group, accuracy: ShareScorer.accuracy.score(samples),
      firstAttemptAccuracy: ShareScorer.firstAttemptAccuracy.score(samples),
      traceCoverage: ShareScorer.traceCoverage.score(samples), latency: LatencyScorer().score(samples),
      meanModelEvaluations: Double(samples.reduce(0) { $0 + $1.modelEvaluations }) / Double(samples.count),
      budgetAbstentions: abstentions(.budget), unsolvableAbstentions: abstentions(.unsolvable),
      cancelledAbstentions: abstentions(.cancelled), failures: samples.count { $0.failure != nil })
  }
}
