import Plans

/// A problem with its one canonical solution: what a generator yields and a dataset stores.
public struct Exercise: Hashable, Sendable {
  public let problem: Problem
  /// As its world's teacher defines it; 0 for an unsolvable problem.
  public let level: Int
  public let category: ProblemCategory
  /// The canonical solution, or `nil` where there is none.
  package let solution: [OperationStep]?

  init(problem: Problem, level: Int, category: ProblemCategory, solution: [OperationStep]?) {
    self.problem = problem
    self.level = level
    self.category = category
    self.solution = solution
  }

  /// Operations of the solution; 0 for an unsolvable problem.
  public var stepCount: Int { solution?.count ?? 0 }

  /// The canonical solution in a style; of an unsolvable problem, the claim that it is.
  public func plan(style: SolutionStyle) -> PlanTree {
    guard let solution else {
      return PlanTree(goal: problem.goal, steps: [.terminal(PlanCall("unsolvable"))])
    }
    return PlanTree(goal: problem.goal, steps: style.nodes(solution) + [.terminal(PlanCall("return"))])
  }
}
