import Plans
import Randomness

/// Makes chains and labels. The level of a chain is its number of steps.
struct ArithmeticTeacher: Teacher {
  let kind = WorldKind.arithmetic
  let levels = (2...ArithmeticProblem.stepCounts.upperBound).map { Level(number: $0, summary: "\($0) steps") }

  func exercise(level: Int, random: inout RandomStream) -> Exercise {
    precondition(levels.contains { $0.number == level }, "arithmetic has no level \(level)")
    return exercise(for: ArithmeticGenerator.chain(stepCount: level, random: &random))
  }

  func exercise(for problem: Problem) -> Exercise { exercise(for: problem.chain) }

  func judge(of problem: Problem) -> any PlanVerifier {
    ArithmeticVerifier(problem, limits: .standard, claims: .ask { ArithmeticSolver.solution(of: problem.chain) != nil })
  }

  func detour(for exercise: Exercise, random: inout RandomStream) -> Detour? {
    guard let solution = exercise.solution else { return nil }
    let fault = random.index(below: solution.count)
    let right = solution[fault]
    let wrong = OperationStep(right.operation, right.x, right.y, Self.slip(from: right.result, random: &random))
    return Detour(
      steps: solution[..<fault] + [wrong], isSound: Array(repeating: true, count: fault) + [false])
  }

  private func exercise(for chain: ArithmeticProblem) -> Exercise {
    let solution = ArithmeticSolver.solution(of: chain)
    return Exercise(
      problem: chain.problem, level: solution == nil ? 0 : chain.links.count,
      category: solution.map(Self.category) ?? .unsolvable, solution: solution)
  }

  private static func category(of solution: [OperationStep]) -> ProblemCategory {
    let isEdgeCase = solution.contains { $0.x <= 1 || $0.y <= 1 || $0.result <= 1 || $0.x == $0.y }
    if isEdgeCase { return .edgeCase }
    return solution.contains { $0.operation == .mul } ? .mixed : .additive
  }

  /// Another value within range, one digit of `value` changed: the slip that a carry done wrong makes.
  private static func slip(from value: Int, random: inout RandomStream) -> Int {
    var place = 1
    for _ in 0..<random.index(below: String(value).utf8.count) { place *= 10 }
    let digit = value / place % 10
    let other = (digit + 1 + random.index(below: 9)) % 10
    return value + (other - digit) * place
  }
}
