import Testing
import Worlds

@Suite struct CountdownSolverTests {
  /// The documented order, one rule after the other.
  @Test(arguments: [
    // One step before two.
    ("reach 6 from 2 3 40", [OperationStep(.mul, 3, 2, 6)]),
    // Sums and differences before products; the last operation add before sub; larger operands first.
    ("reach 17 from 10 9 2", [OperationStep(.sub, 10, 2, 8), OperationStep(.add, 9, 8, 17)]),
    ("reach 20 from 2 3 4", [OperationStep(.add, 3, 2, 5), OperationStep(.mul, 5, 4, 20)]),
    ("reach 14 from 6 7 3", [OperationStep(.div, 6, 3, 2), OperationStep(.mul, 7, 2, 14)]),
  ])
  func canonicalSolution_followsItsOrder(text: String, steps: [OperationStep]) throws {
    let problem = try AgreementWithCheckerTests.problem(text)
    #expect(WorldKind.countdown.teacher.exercise(for: problem).solution == steps)
  }

  @Test func solutions_areAllSoundAndHoldTheCanonicalOne() throws {
    let problem = try CountdownProblem(target: 24, numbers: [2, 3, 4])
    let solutions = CountdownSolver.solutions(of: problem)
    let canonical = try #require(CountdownSolver.canonicalSolution(of: problem))
    #expect(solutions.contains(canonical) && solutions.count > 1)
    #expect(
      solutions.allSatisfy { $0.last?.result == 24 && $0.allSatisfy { $0.operation.result($0.x, $0.y) == $0.result } })
  }

  @Test func canonicalSolution_isNilWhereThereIsNone() throws {
    #expect(CountdownSolver.canonicalSolution(of: try CountdownProblem(target: 999, numbers: [1, 1, 2])) == nil)
  }
}
