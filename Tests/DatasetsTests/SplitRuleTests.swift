import Datasets
import Testing
import Worlds

@Suite struct SplitRuleTests {
  /// Fixed for ever: another bucket would move problems between splits of data that exists.
  @Test(arguments: [("(37 + 45) * 6 - 12", WorldKind.arithmetic), ("reach 449 from 5 12 37", .countdown)])
  func bucket_isAFunctionOfSaltAndCanonicalGoal(text: String, world: WorldKind) throws {
    let problem = try world.world.problem(parsing: text)
    let identity =
      world == .arithmetic ? "arithmetic evaluate(37,add,45,mul,6,sub,12)" : "countdown reach(449,5,12,37)"
    #expect(problem.identityText == identity)
    #expect(SplitRule.standard.bucket(of: problem) == SplitRule(salt: "codex-1").bucket(of: problem))
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
