import Plans
import Randomness

/// Makes countdown problems and labels. The level is that of the canonical solution.
struct CountdownTeacher: Teacher {
  let kind = WorldKind.countdown
  let levels = [
    Level(number: 1, summary: "sums and differences"),
    Level(number: 2, summary: "needs a product"),
    Level(number: 3, summary: "needs a quotient"),
  ]

  func exercise(level: Int, random: inout RandomStream) -> Exercise {
    precondition(levels.contains { $0.number == level }, "countdown has no level \(level)")
    let (problem, solution) = CountdownGenerator.exercise(level: level, random: &random)
    return Self.exercise(problem, solution)
  }

  func exercise(for problem: Problem) -> Exercise {
    let countdown = problem.countdown
    return Self.exercise(countdown, CountdownSolver.canonicalSolution(of: countdown))
  }

  func judge(of problem: Problem) -> any PlanVerifier {
    CountdownVerifier(
      problem, limits: .standard, claims: .ask { CountdownSolver.canonicalSolution(of: problem.countdown) != nil })
  }

  /// A correct first step after which the target is out of reach, and a random step after it.
  func detour(for exercise: Exercise, random: inout RandomStream) -> Detour? {
    let problem = exercise.problem.countdown
    var numbers = problem.numbers
    var deadEnds: [(step: OperationStep, rest: [Int])] = []
    CountdownMoves.forEach(&numbers) { step, rest in
      if !CountdownSolver.canReach(problem.target, from: rest) { deadEnds.append((step, rest)) }
    }
    guard !deadEnds.isEmpty else { return nil }
    var (first, rest) = deadEnds[random.index(below: deadEnds.count)]
    var second: [OperationStep] = []
    CountdownMoves.forEach(&rest) { step, _ in second.append(step) }
    guard !second.isEmpty else { return Detour(steps: [first], isSound: [false]) }
    return Detour(steps: [first, second[random.index(below: second.count)]], isSound: [false, false])
  }

  private static func exercise(_ problem: CountdownProblem, _ solution: [OperationStep]?) -> Exercise {
    let level = solution.map(CountdownSolver.level) ?? 0
    let categories: [ProblemCategory] = [.unsolvable, .additive, .multiplicative, .divisive]
    return Exercise(problem: problem.problem, level: level, category: categories[level], solution: solution)
  }
}
