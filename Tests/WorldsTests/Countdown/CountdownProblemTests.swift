import Plans
import Testing
import Worlds

@Suite struct CountdownProblemTests {
  let world = WorldKind.countdown.world

  @Test func problem_isCanonicalInAnyOrderOfItsNumbers() throws {
    let problem = try world.problem(parsing: "reach 449 from 37 5 12")
    #expect(problem == (try world.problem(parsing: "reach 449 from 12 37 5")))
    #expect(problem.humanText == "reach 449 from 5 12 37")
    #expect(problem.goal == problem.canonicalGoal)
  }

  @Test(arguments: [
    (
      "reach 449 of 5 12 37",
      """
      countdown problem, column 11: expected 'from', got 'o'
        reach 449 of 5 12 37
                  ^
      Write it like 'reach 449 from 5 12 37'.
      """
    ),
    (
      "reach 449 from 5 12",
      "countdown problem: the count of numbers is 2; allowed: 3…3. Choose one within these limits."
    ),
    (
      "reach 1000 from 5 12 37",
      "countdown problem: the target is 1000; allowed: 1…999. Choose one within these limits."
    ),
    ("reach 449 from 0 12 37", "countdown problem: a number is 0; allowed: 1…50. Choose one within these limits."),
    (
      "reach 12 from 5 12 37",
      "countdown problem: the target 12 is one of the numbers, so there is nothing to plan. Choose another target."
    ),
  ])
  func problem_saysWhatIsWrongWithAText(text: String, message: String) {
    #expect(throws: WorldError.self) { try world.problem(parsing: text) }
    do { _ = try world.problem(parsing: text) } catch { #expect("\(error)" == message) }
  }

  @Test func problem_refusesAGoalWithUnsortedNumbers() {
    #expect(throws: WorldError.self) {
      try world.problem(stating: PlanCall("reach", [449, 37, 5, 12].map { .integer($0) }))
    }
  }
}
