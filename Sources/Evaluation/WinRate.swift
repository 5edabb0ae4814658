import Randomness
import Schemas
import Statistics

/// Compares two runs problem by problem.
public enum WinRate {
  static let resamples = 10_000

  /// The win rate of `candidate` over `reference` in one mode; a tie counts ½, the interval is clustered by problem.
  ///
  /// - Parameters:
  ///   - candidate: This run's samples of `mode`, one per problem, as are those of `reference`.
  ///   - seed: Of the bootstrap's stream, `(seed, "evaluation/win_rate", mode)`.
  /// - Throws: `EvaluationError.differentProblems` unless both were asked exactly the same problems.
  public static func compare(
    _ candidate: [SampleRecord], with reference: [SampleRecord], of referenceRunID: String, mode: String, seed: UInt64
  ) throws -> WinRateRecord {
    let asked = Set(candidate.map(\.problemID))
    let referenceByProblem = Dictionary(reference.map { ($0.problemID, $0) }) { first, _ in first }
    let missing = asked.count { referenceByProblem[$0] == nil }
    let additional = referenceByProblem.keys.count { !asked.contains($0) }
    guard missing == 0, additional == 0, !candidate.isEmpty else {
      throw EvaluationError.differentProblems(mode: mode, onlyCandidate: missing, onlyReference: additional)
    }
    let scores = candidate.compactMap { sample in
      referenceByProblem[sample.problemID].map {
        PairedScore(problem: sample.problemID, candidate: sample.correct ? 1 : 0, reference: $0.correct ? 1 : 0)
      }
    }
    var random = RandomStream(seed: seed, "evaluation/win_rate", mode)
    let estimate = try Bootstrap(resamples: resamples).winRate(scores, random: &random)
    return WinRateRecord(
      mode: mode, referenceRunID: referenceRunID, wins: scores.count { $0.candidate > $0.reference },
      ties: scores.count { $0.candidate == $0.reference }, losses: scores.count { $0.candidate < $0.reference },
      value: estimate.value, lower: estimate.interval.lower, upper: estimate.interval.upper, resamples: resamples)
  }
}
