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
}

extension Bootstrap {
  /// The mean of candidate - reference, paired and clustered by problem. `random` is consumed.
  public func difference<P>(_ scores: [PairedScore<P>], random: inout RandomStream) throws -> Estimate {
    try mean(ofClusters: clusters(scores) { $0.candidate - $0.reference }, random: &random)
  }

  /// The share of comparisons that the candidate wins, a tie counting ½, clustered by problem. `random` is consumed.
  ///
  /// - Throws: `StatisticsError` without scores and for any that is not finite: NaN would pass for a tie or a loss.
  public func winRate<P>(_ scores: [PairedScore<P>], random: inout RandomStream) throws -> Estimate {
    try mean(
      ofClusters: clusters(scores) { score in
        guard score.candidate.isFinite, score.reference.isFinite else { return .nan }
        if score.candidate == score.reference { return 0.5 }
        return score.candidate > score.reference ? 1 : 0
      }, random: &random)
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
