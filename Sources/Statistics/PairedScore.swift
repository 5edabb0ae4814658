import Randomness

/// What a candidate and its reference scored on the same problem; higher is better.
public struct PairedScore<Problem: Hashable & Sendable>: Sendable {
  /// Scores of one problem form one cluster.
  public let problem: Problem
  public let candidate: Double
  public let reference: Double

  public init(problem: Problem, candidate: Double, reference: Double) {
    self.problem = problem
    self.candidate = candidate
    self.reference = reference
  }

  /// 1 for a win, ½ for a tie, 0 for a loss; NaN unless both are finite, since NaN would pass for a tie or a loss.
  var outcome: Double {
    guard candidate.isFinite, reference.isFinite else { return .nan }
    if candidate == reference { return 0.5 }
    return candidate > reference ? 1 : 0
  }
}

extension Bootstrap {
  /// The mean of candidate - reference, paired and clustered by problem. `random` is consumed.
  ///
  /// - Throws: As `mean(ofClusters:random:)`.
  public func difference<P>(_ scores: [PairedScore<P>], random: inout RandomStream) throws -> Estimate {
    try mean(ofClusters: clusters(scores) { $0.candidate - $0.reference }, random: &random)
  }

  /// The share of comparisons that the candidate wins, a tie counting ½, clustered by problem. `random` is consumed.
  ///
  /// Where all clusters have the same rate, the interval is the exact one of equal outcomes.
  ///
  /// - Throws: `StatisticsError` without scores and for any that is not finite; `.tooFew` below `smallestCount` problems.
  public func winRate<P>(_ scores: [PairedScore<P>], random: inout RandomStream) throws -> Estimate {
    let clusters = clusters(scores, \.outcome)
    let resampled = try ResampledMean(of: clusters, resamples: resamples) { random.index(below: clusters.count) }
    return try boundedEstimate(resampled, statistic: "bootstrap win rate")
  }

  /// The estimate of a mean whose values lie in [0, 1], which has an interval where all are equal too.
  func boundedEstimate(_ resampled: ResampledMean, statistic: String) throws -> Estimate {
    guard resampled.count >= smallestCount, Self.isPoint(interval(of: resampled)) else {
      return try estimate(resampled, statistic: statistic)
    }
    let exact = try equalOutcomesInterval(value: resampled.value, count: resampled.count, confidence: confidence)
    return Estimate(
      value: resampled.value, interval: exact, standardError: resampled.standardError, count: resampled.count)
  }

  /// The values grouped by problem, in order of first appearance.
  private func clusters<P>(_ scores: [PairedScore<P>], _ value: (PairedScore<P>) -> Double) -> [[Double]] {
    var positions: [P: Int] = [:]
    var clusters: [[Double]] = []
    for score in scores {
      if let position = positions[score.problem] {
        clusters[position].append(value(score))
      } else {
        positions[score.problem] = clusters.count
        clusters.append([value(score)])
      }
    }
    return clusters
  }
}
