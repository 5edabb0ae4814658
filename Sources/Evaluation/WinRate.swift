import Schemas
import Statistics

/// Compares two runs problem by problem.
public enum WinRate {
  /// The win rate of `candidate` over `reference` in one mode; a tie counts ½.
  ///
  /// A run answers a problem once in a mode, so a cluster of the bootstrap is one comparison, and the interval follows from
  /// the counts of wins, ties and losses alone.
  ///
  /// - Parameter candidate: This run's samples of `mode`, one per problem, as are those of `reference`.
  /// - Throws: `EvaluationError.differentProblems` unless both were asked exactly the same problems.
  public static func compare(
    _ candidate: [SampleRecord], with reference: [SampleRecord], of referenceRunID: String, mode: String
  ) throws -> WinRateRecord {
    let asked = Set(candidate.map(\.problemID))
    let referenceByProblem = Dictionary(reference.map { ($0.problemID, $0) }) { first, _ in first }
    let missing = asked.count { referenceByProblem[$0] == nil }
    let additional = referenceByProblem.keys.count { !asked.contains($0) }
    guard missing == 0, additional == 0, !candidate.isEmpty else {
      throw EvaluationError.differentProblems(mode: mode, onlyCandidate: missing, onlyReference: additional)
    }
    let pairs = candidate.map { ($0.correct, referenceByProblem[$0.problemID]?.correct) }
    let wins = pairs.count { $0.0 && $0.1 == false }
    let losses = pairs.count { !$0.0 && $0.1 == true }
    let bootstrap = try Bootstrap()
    let estimate = try bootstrap.winRate(wins: wins, ties: pairs.count - wins - losses, losses: losses)
    return WinRateRecord(
      mode: mode, referenceRunID: referenceRunID, wins: wins, ties: pairs.count - wins - losses, losses: losses,
      value: estimate.value, lower: estimate.interval.lower, upper: estimate.interval.upper,
      resamples: bootstrap.resamples)
  }
}
