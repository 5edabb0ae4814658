import Schemas
import Statistics

/// A yes-or-no question to each sample; its score is the share of yes over all problems asked.
public struct ShareScorer: Sendable {
  let isYes: @Sendable (SampleRecord) -> Bool

  /// The share with its Wilson 95 % interval. Throws `StatisticsError` without samples.
  public func score(_ samples: [SampleRecord]) throws -> ShareRecord {
    let count = samples.count(where: isYes)
    let interval = try wilsonInterval(successes: count, trials: samples.count)
    return ShareRecord(
      count: count, total: samples.count, value: Double(count) / Double(samples.count), lower: interval.lower,
      upper: interval.upper)
  }
}
