import Plans

/// A family of problems, as inference sees it: how a problem is stated, which steps could occur, and what makes a plan
/// sound. How to solve one is a `Teacher`'s knowledge, out of reach from here.
public protocol World: Sendable {
  var kind: WorldKind { get }

  /// The node names of this world. Action entries come in the same order in every world (`add`, `sub`, `mul`, `div`,
  /// `call`), so that one model can read the feasibility vectors of all.
  var signature: PlanSignature { get }

  /// Reads a problem as a person writes it, e.g. `(37 + 45) * 6` or `reach 449 from 5 12 37`.
  ///
  /// - Throws: `WorldError`, with the column. Complexity: linear in the text, which may have at most
  ///   `Problem.maximumTextLength` bytes.
  func problem(parsing text: String) throws -> Problem

  /// Reads a problem from the goal that states it.
  ///
  /// - Throws: `WorldError` if the goal is not well formed or outside the world's limits.
  func problem(stating goal: PlanCall) throws -> Problem

  /// The problem as a person writes it; `problem(parsing:)` reads it back.
  func humanText(of problem: Problem) -> String

  /// What could occur before any step was taken. Knows preconditions only: no results, no solver.
  func feasibility(for problem: Problem) -> any Feasibility

  /// The judge of plans for `problem`: carries them out, and never asks a solver. A plan that claims `unsolvable()` is
  /// refused as a plan; a `Teacher` can judge the claim.
  ///
  /// - Parameter limits: Larger plans are refused.
  func verifier(for problem: Problem, limits: PlanTextLimits) -> any PlanVerifier
}

extension World {
  /// The judge of plans for `problem`, of any plan that the parser accepts.
  public func verifier(for problem: Problem) -> any PlanVerifier { verifier(for: problem, limits: .standard) }
}
