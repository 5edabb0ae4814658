import Plans

/// Reach a target from three numbers with the four operations; any sound way is accepted.
struct CountdownWorld: World {
  let kind = WorldKind.countdown

  var signature: PlanSignature {
    .operations(
      goal: .init(.goal, "reach", inputs: Array(repeating: .integer, count: 1 + CountdownProblem.numberCount)))
  }

  func problem(parsing text: String) throws -> Problem { try CountdownText.parse(text).problem }

  func problem(stating goal: PlanCall) throws -> Problem { try CountdownProblem(goal: goal).problem }

  func humanText(of problem: Problem) -> String { CountdownText.print(problem.countdown) }

  func feasibility(for problem: Problem) -> any Feasibility { CountdownFeasibility(problem.countdown) }

  func verifier(for problem: Problem, limits: PlanTextLimits) -> any PlanVerifier {
    CountdownVerifier(problem, limits: limits, claims: .refuse)
  }
}
