import Datasets
import Testing
import Worlds

@Suite struct SplitRuleTests {
  /// Computed with Python's hashlib. Fixed for ever: another bucket would move problems between the splits of data that
  /// exists.
  @Test(arguments: [
    (WorldKind.arithmetic, "(45 + 37) * 6 - 12", "arithmetic evaluate(37,add,45,mul,6,sub,12)", 1),
    (WorldKind.countdown, "reach 449 from 37 5 12", "countdown reach(449,5,12,37)", 18),
  ])
  func bucket_isAFunctionOfSaltAndCanonicalGoal(world: WorldKind, text: String, identity: String, bucket: Int) throws {
    let problem = try world.world.problem(parsing: text)
    #expect(problem.identityText == identity)
    #expect(SplitRule(salt: "codex-1").bucket(of: problem) == bucket)
  }

  @Test func split_isEqualForSymmetricProblems() throws {
    let world = WorldKind.arithmetic.world
    for a in 0...99 {
      let (left, right) = (try world.problem(parsing: "\(a) + 17 - 3"), try world.problem(parsing: "17 + \(a) - 3"))
      #expect(left.id == right.id)
      #expect(SplitRule.standard.split(of: left) == SplitRule.standard.split(of: right))
    }
  }

  @Test func split_holdsOutOneInTen() throws {
    let world = WorldKind.arithmetic.world
    var counts: [Split: Int] = [:]
    for a in 0...99 {
      for b in 0...99 {
        counts[SplitRule.standard.split(of: try world.problem(parsing: "\(a) - \(b)")), default: 0] += 1
      }
    }
    // 10,000 independent draws with p = 0.05: 500 ± 22, five standard deviations allowed.
    #expect(abs(counts[.validation, default: 0] - 500) < 110 && abs(counts[.test, default: 0] - 500) < 110)
  }
}
