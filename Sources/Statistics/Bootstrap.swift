import Randomness

/// A value computed from samples, and how uncertain it is.
public struct Estimate: Equatable, Sendable {
  public let value: Double
  public let interval: Interval
  /// The standard deviation of the value over the resamples.
  public let standardError: Double
  /// Independent units it rests on: samples, or clusters.
  public let count: Int
}

/// Percentile bootstrap (Efron & Tibshirani 1993, section 13.3): statistics are recomputed on resamples with
/// replacement.
///
/// Cost: `resamples` · units random draws.
public struct Bootstrap: Sendable {
  public let resamples: Int
  /// In (0, 1), two-sided.
  public let confidence: Double

  public init(resamples: Int = 10_000, confidence: Double = 0.95) throws {
    guard resamples >= 100 else {
      throw StatisticsError.outOfRange(argument: "resamples", value: "\(resamples)", allowed: "at least 100")
    }
    guard confidence > 0, confidence < 1 else {
      throw StatisticsError.outOfRange(argument: "confidence", value: "\(confidence)", allowed: "0 < confidence < 1")
    }
    self.resamples = resamples
    self.confidence = confidence
  }

  /// The mean of independent samples. `random` is consumed: equal streams give equal intervals.
  public func mean(of samples: [Double], random: inout RandomStream) throws -> Estimate {
    try mean(ofClusters: samples.map { [$0] }, random: &random)
  }

  /// The mean over all samples where only the clusters are independent: whole clusters are resampled, so that many
  /// samples of one problem do not pass for many problems. Empty clusters are refused.
  ///
  /// - Parameter random: Consumed.
  /// - Throws: `StatisticsError` without samples and for any that is not finite.
  public func mean(ofClusters clusters: [[Double]], random: inout RandomStream) throws -> Estimate {
    guard !clusters.isEmpty, clusters.allSatisfy({ !$0.isEmpty }) else {
      throw StatisticsError.noSamples(statistic: "bootstrap mean")
    }
    let samples = clusters.flatMap { $0 }
    if let bad = samples.firstIndex(where: { !$0.isFinite }) {
      throw StatisticsError.notANumber(statistic: "bootstrap mean", index: bad, value: samples[bad])
    }
    let sums = clusters.map { $0.reduce(0, +) }
    let counts = clusters.map { Double($0.count) }
    var means: [Double] = []
    means.reserveCapacity(resamples)
    for _ in 0..<resamples {
      var sum = 0.0
      var count = 0.0
      for _ in 0..<clusters.count {
        let drawn = random.index(below: clusters.count)
        sum += sums[drawn]
        count += counts[drawn]
      }
      means.append(sum / count)
    }
    let center = means.reduce(0, +) / Double(resamples)
    let variance = means.reduce(0) { $0 + ($1 - center) * ($1 - center) } / Double(resamples - 1)
    let tail = (1 - confidence) / 2
    return Estimate(
      value: sums.reduce(0, +) / counts.reduce(0, +),
      interval: Interval(
        lower: try nearestRankQuantile(tail, of: means), upper: try nearestRankQuantile(1 - tail, of: means)),
      standardError: variance.squareRoot(), count: clusters.count)
  }
}
