import Plans
import Randomness

/// Makes problems and knows their solutions. Used for training data, labels and baselines; no inference path may name
/// it, which `Tests/ArchitectureTests` checks.
public protocol Teacher: Sendable {
  var kind: WorldKind { get }

  /// What can be asked for, ascending.
  var levels: [Level] { get }

  /// A new problem of exactly this level with its canonical solution.
  ///
  /// - Parameter random: Consumed; equal streams give equal exercises.
  /// - Precondition: `levels` contains `level`.
  func exercise(level: Int, random: inout RandomStream) -> Exercise

  /// Solves a given problem exactly.
  func exercise(for problem: Problem) -> Exercise

  /// The judge of plans for `problem` that also judges the claim `unsolvable()`, by solving the problem.
  func judge(of problem: Problem) -> any PlanVerifier

  /// A start of a plan that goes wrong, each step labelled; `nil` where the problem offers none.
  func detour(for exercise: Exercise, random: inout RandomStream) -> Detour?
}

/// One degree of difficulty.
public struct Level: Hashable, Sendable {
  public let number: Int
  /// What makes a problem belong to it, in a few words.
  public let summary: String
}
