import Randomness

/// Bootstrap intervals (Efron & Tibshirani 1993): a statistic is recomputed on resamples with replacement.
///
/// They know the samples alone, so they refuse what samples cannot support: fewer units than `smallestCount`, and units
/// that are all equal. Win rates, whose values lie in [0, 1], have an honest interval then too.
///
/// Cost: `resamples` · units random draws.
public struct Bootstrap: Sendable {
  /// How the ends of an interval are read from the statistic's values on the resamples.
  public enum Method: Equatable, Sendable {
    /// Their quantiles, by nearest rank (section 13.3).
    case percentile
    /// Quantiles corrected for bias and skewness, BCa (section 14.3): closer to `confidence` for skewed samples.
    case biasCorrectedAccelerated
  }

  public let resamples: Int
  /// In (0, 1), two-sided.
  public let confidence: Double
  public let method: Method

  public init(resamples: Int = 10_000, confidence: Double = 0.95, method: Method = .percentile) throws {
    guard resamples >= 100 else {
      throw StatisticsError.outOfRange(argument: "resamples", value: "\(resamples)", allowed: "at least 100")
    }
    guard confidence > 0, confidence < 1 else {
      throw StatisticsError.outOfRange(argument: "confidence", value: "\(confidence)", allowed: "0 < confidence < 1")
    }
    self.resamples = resamples
    self.confidence = confidence
    self.method = method
  }

  /// The fewest independent units of which an interval can have the confidence it states: 6 for 95 %.
  ///
  /// No bootstrap interval of a mean exceeds the range of its n units, and even this range misses the centre of a
  /// symmetric distribution whenever all lie on one side of it, with probability 2¹⁻ⁿ.
  public var smallestCount: Int {
    var count = 2
    var missed = 0.5
    while missed > 1 - confidence {
      count += 1
      missed /= 2
    }
    return count
  }

  /// The mean of independent samples. `random` is consumed: equal streams give equal intervals.
  ///
  /// - Throws: As `mean(ofClusters:random:)`.
  public func mean(of samples: [Double], random: inout RandomStream) throws -> Estimate {
    try mean(ofClusters: samples.map { [$0] }, random: &random)
  }

  /// The mean over all samples where only the clusters are independent: whole clusters are resampled, so that many
  /// samples of one problem do not pass for many problems. Empty clusters are refused.
  ///
  /// - Parameter random: Consumed.
  /// - Throws: `StatisticsError` without samples and for any that is not finite; `.tooFew` below `smallestCount` clusters;
  ///   `.noSpread` where all clusters are equal.
  public func mean(ofClusters clusters: [[Double]], random: inout RandomStream) throws -> Estimate {
    try mean(ofClusters: clusters) { random.index(below: clusters.count) }
  }

  /// The mean as above on given resamples.
  ///
  /// - Parameter draw: The index of the next cluster, `clusters.count` times for each resample.
  package func mean(ofClusters clusters: [[Double]], drawing draw: () -> Int) throws -> Estimate {
    let resampled = try ResampledMean(of: clusters, resamples: resamples, drawing: draw)
    return try estimate(resampled, statistic: "bootstrap mean")
  }

  /// The interval of `resampled`, unless it cannot be supported.
  func estimate(_ resampled: ResampledMean, statistic: String) throws -> Estimate {
    guard resampled.count >= smallestCount else {
      throw StatisticsError.tooFew(statistic: statistic, count: resampled.count, smallest: smallestCount)
    }
    let interval = interval(of: resampled)
    guard !Self.isPoint(interval) else {
      throw StatisticsError.noSpread(statistic: statistic, count: resampled.count, value: resampled.value)
    }
    return Estimate(
      value: resampled.value, interval: interval, standardError: resampled.standardError, count: resampled.count)
  }

  /// The interval that `method` reads from the resamples, whatever they are worth.
  func interval(of resampled: ResampledMean) -> Interval {
    let ranks =
      switch method {
      case .percentile: DecimalShare(confidence).intervalRanks(of: resampled.means.count)
      case .biasCorrectedAccelerated: resampled.correctedRanks(confidence: confidence)
      }
    return Interval(lower: resampled.means[ranks.lower - 1], upper: resampled.means[ranks.upper - 1])
  }

  /// Whether an interval has no width but that of rounding.
  static func isPoint(_ interval: Interval) -> Bool {
    interval.upper - interval.lower <= 1e-12 * max(abs(interval.lower), abs(interval.upper))
  }
}
