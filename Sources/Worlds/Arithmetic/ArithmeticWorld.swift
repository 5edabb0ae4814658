import Plans

/// Chains of one to eight operations over small integers, evaluated as written; every value on the way is the plan's.
struct ArithmeticWorld: World {
  let kind = WorldKind.arithmetic

  var signature: PlanSignature {
    .operations(goal: .init(.goal, "evaluate", inputs: [.integer], repeating: [.symbol, .integer]))
  }

  func problem(parsing text: String) throws -> Problem { try ArithmeticText.parse(text).problem }

  func problem(stating goal: PlanCall) throws -> Problem { try ArithmeticProblem(goal: goal).problem }

  func humanText(of problem: Problem) -> String { ArithmeticText.print(problem.chain) }

  func feasibility(for problem: Problem) -> any Feasibility { ArithmeticFeasibility(problem.chain) }

  func verifier(for problem: Problem, limits: PlanTextLimits) -> any PlanVerifier {
    ArithmeticVerifier(problem, limits: limits, claims: .refuse)
  }
}
