import Datasets
import Schemas
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
        let split = try #require(SplitRule.standard.split(of: world.problem(parsing: "\(a) - \(b)")))
        counts[split, default: 0] += 1
      }
    }
    // 10,000 independent draws with p = 0.05: 500 ± 22, five standard deviations allowed.
    #expect(abs(counts[.validation, default: 0] - 500) < 110 && abs(counts[.test, default: 0] - 500) < 110)
  }

  /// Exchanges anywhere in a run of equal operations, not only of the first two operands.
  @Test(arguments: [
    ["37 + 56 + 16", "37 + 16 + 56", "56 + 16 + 37"], ["36 * 8 * 4", "36 * 4 * 8"],
    ["90 - 7 - 5 + 3", "90 - 5 - 7 + 3"], ["2 + 3 - 1 + 8 + 9", "3 + 2 - 1 + 9 + 8"],
  ])
  func ruleTwo_givesExchangedProblemsOneBucket(texts: [String]) throws {
    let rule = SplitRule(salt: "codex-1@2")
    let problems = try texts.map { try WorldKind.arithmetic.world.problem(parsing: $0) }
    #expect(Set(problems.map(\.exchangeText)).count == 1)
    #expect(Set(problems.map { rule.bucket(of: $0) }).count == 1)
  }

  @Test(arguments: [("90 - 7", "7 - 90"), ("(2 + 3) * 4", "(3 + 4) * 2"), ("9 - 5 + 3", "9 - 3 + 5")])
  func ruleTwo_keepsOtherProblemsApart(left: String, right: String) throws {
    let world = WorldKind.arithmetic.world
    #expect(try world.problem(parsing: left).exchangeText != world.problem(parsing: right).exchangeText)
  }

  /// Whoever trains under rule 2 has seen nothing that rule 1 of the same salt holds out.
  @Test func ruleTwo_holdsOutWhatRuleOneDoes() throws {
    let (first, second) = (SplitRule(salt: "codex-1"), SplitRule(salt: "codex-1@2"))
    var unused = 0
    for a in 0...99 {
      for b in 0...99 {
        let problem = try WorldKind.arithmetic.world.problem(parsing: "\(a) - \(b) + 7")
        if first.split(of: problem) != .train { #expect(second.split(of: problem) != .train) }
        unused += second.split(of: problem) == nil ? 1 : 0
      }
    }
    #expect((700...1100).contains(unused), "a tenth of nine tenths belongs to no split: \(unused)")
  }

  @Test(arguments: [
    ("codex-1", "codex-1", 1), ("codex-1@2", "codex-1", 2), ("a@1", "a@1", 1), ("a@02", "a@02", 1), ("@", "@", 1),
    ("a@b@3", "a@b", 3), ("a@99999999999999999999", "a@99999999999999999999", 1),
  ])
  func salt_namesItsRule(text: String, name: String, rule: Int) {
    #expect(SplitSalt(text).name == name && SplitSalt(text).rule == rule)
  }
}
