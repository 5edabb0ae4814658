import Schemas
import Storage
import Worlds

/// One problem to plan for, with what a trace says about it.
public struct PlanRequest: Sendable {
  public let problem: Problem
  /// Digest of the canonical problem, as datasets compute it.
  public let problemID: Digest
  /// 0 where it is not known.
  public let level: Int
  public let stepCount: Int?
  /// The problem's category as datasets name it; `nil` where it is not known.
  public let category: String?
  public let seed: UInt64

  public init(
    problem: Problem, problemID: Digest, level: Int = 0, stepCount: Int? = nil, category: String? = nil,
    seed: UInt64
  ) {
    self.problem = problem
    self.problemID = problemID
    self.level = level
    self.stepCount = stepCount
    self.category = category
    self.seed = seed
  }

  /// A problem of which nothing else is known, as users state them.
  public init(_ problem: Problem, seed: UInt64) {
    self.init(problem: problem, problemID: Digest(of: problem.identityText), seed: seed)
  }
}
