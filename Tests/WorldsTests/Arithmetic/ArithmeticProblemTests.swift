import Plans
import Testing
import Worlds

@Suite struct ArithmeticProblemTests {
  let world = WorldKind.arithmetic.world

  @Test(arguments: [
    ("45 + 37 - 2", "37 + 45 - 2", true), ("9 * 4", "4 * 9", true), ("9 - 4", "4 - 9", false),
    ("1 + 2 + 3", "1 + 3 + 2", false),
  ])
  func canonicalGoal_exchangesTheFirstPairOnly(a: String, b: String, isEqual: Bool) throws {
    let (a, b) = (try world.problem(parsing: a), try world.problem(parsing: b))
    #expect((a.canonicalGoal == b.canonicalGoal) == isEqual)
    #expect(a.goal != b.goal)
  }

  @Test(arguments: [
    PlanCall("evaluate", []), PlanCall("evaluate", [.integer(1), .symbol("add")]),
    PlanCall("evaluate", [.integer(1), .symbol("div"), .integer(1)]),
    PlanCall("evaluate", [.integer(1), .integer(2), .integer(3)]), PlanCall("reach", [.integer(1)]),
  ])
  func problem_refusesOtherGoals(goal: PlanCall) {
    #expect(throws: WorldError.self) { try world.problem(stating: goal) }
  }

  @Test func problem_saysWhatAGoalLooksLike() {
    #expect(
      "\(WorldError.wrongGoal(world: .arithmetic, goal: "reach(1)"))"
        == "arithmetic problem: 'reach(1)' states none; expected a goal like 'evaluate(37,add,45,mul,6,sub,12)'.")
  }
}
