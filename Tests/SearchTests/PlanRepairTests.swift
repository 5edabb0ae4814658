import Plans
import Randomness
import Search
import Testing

@Suite struct PlanRepairTests {  // Sources/Search/PlanRepair.swift
  private func outcomes(
    _ table: [String: [String: Double]], _ verifier: PickVerifier, budget: Int = 100
  ) throws -> (greedy: SearchOutcome, repaired: SearchOutcome, asked: [String]) {
    var policy = TablePolicy(table)
    var random = RandomStream(seed: 1, "search/repair")
    let budget = SearchBudget(maximumEvaluations: budget)
    let root = try PickWorld.root()
    let greedy = try GreedySearch().run(
      from: root, policy: &policy, verifier: verifier, budget: budget, random: &random)
    let refuted = try #require(greedy.refuted)
    policy = TablePolicy(table)
    let repaired = try PlanRepair().run(
      refuted: refuted, from: root, policy: &policy, verifier: verifier, budget: budget.remaining(after: greedy),
      random: &random)
    return (greedy, repaired, policy.asked)
  }

  private let table = [
    "": ["b": 0.9, "a": 0.1], "b": ["a": 0.6, "c": 0.3, "b": 0.1], "bc": ["a": 0.8, "b": 0.2], "ba": ["a": 1],
  ]

  @Test(arguments: [true, false]) func run_keepsTheSoundPrefix(judgesPrefixes: Bool) throws {
    let (greedy, repaired, asked) = try outcomes(table, PickVerifier(secret: "bca", judgesPrefixes: judgesPrefixes))
    #expect(greedy.reason == .refuted && greedy.refuted.map { PickWorld.picks($0.tree.steps) } == "baa")
    #expect(repaired.reason == .found)
    #expect(asked == ["b", "bc"], "the first pick is not asked again")
    #expect(repaired.evaluations == 2)
  }

  @Test func run_triesOnce() throws {
    // Without prefix findings the most probable other pick is believed, and it is wrong again.
    let (_, repaired, asked) = try outcomes(table, PickVerifier(secret: "bba", judgesPrefixes: false))
    #expect(repaired.reason == .refuted && repaired.plan == nil)
    #expect(repaired.refuted.map { PickWorld.picks($0.tree.steps) } == "bca")
    #expect(asked == ["b", "bc"])
    // With them the refuted alternative is skipped.
    let (_, other, _) = try outcomes(table, PickVerifier(secret: "bba"))
    #expect(other.plan.map { PickWorld.picks($0.tree.steps) } == "bba")
  }

  @Test func run_respectsTheBudget() throws {
    for budget in 3...8 {
      let (greedy, repaired, asked) = try outcomes(table, PickVerifier(secret: "bca"), budget: budget)
      #expect(greedy.evaluations == 3 && repaired.evaluations == asked.count)
      #expect(repaired.evaluations <= budget - 3)
      #expect(repaired.reason == (budget >= 5 ? .found : .budgetExhausted))
    }
  }

  @Test func run_exhaustsItsAlternatives() throws {
    let (_, repaired, _) = try outcomes(
      ["": ["b": 1], "b": ["a": 1], "ba": ["a": 1]], PickVerifier(secret: "bca", judgesPrefixes: false))
    #expect(repaired.reason == .spaceExhausted && repaired.refuted == nil)
  }

  /// One number is guessed, least significant digit first; the verifier wants 28.
  @Test func run_replacesAWrongNumberAtItsWeakestDigit() throws {
    let signature = PlanSignature(
      entries: [.init(.goal, "find"), .init(.action, "guess", output: .integer), .init(.terminal, "return")],
      symbols: [])
    struct OneGuess: Feasibility {
      var isOpen = true
      func actionVector() -> [Bool] { [isOpen] }
      func candidates(action: String, after inputs: [PlanTerm]) -> [PlanTerm] { [] }
      func applying(_ call: PlanCall, output: PlanTerm?) -> any Feasibility { OneGuess(isOpen: false) }
      func allowsTerminal(_ outcome: String) -> Bool { !isOpen }
    }
    struct Wants28: PlanVerifier {
      func findings(in plan: PlanTree) -> [PlanFinding] { findings(inPrefix: plan.steps) }
      func findings(inPrefix steps: [PlanNode]) -> [PlanFinding] {
        guard case .action(_, .integer(let value)?)? = steps.first, value != 28 else { return [] }
        return [PlanFinding(PlanPath([0]), rule: "wrong_value", "expected 28, got \(value)")]
      }
    }
    let automaton = try PlanAutomaton(
      vocabulary: PlanVocabulary(signatures: [signature]), signature: signature, limits: PlanLimits(maximumDigits: 2))
    let root = try PartialPlan(goal: PlanCall("find"), automaton: automaton, feasibility: OneGuess())
    // 29 is the most probable number; its second digit is sure, its first is not.
    var policy = TablePolicy(["": ["9": 0.55, "8": 0.45], "9": ["2": 0.99, "3": 0.01], "8": ["2": 1]])
    var random = RandomStream(seed: 1, "search/repair/number")
    let budget = SearchBudget(maximumEvaluations: 10)
    let greedy = try GreedySearch().run(
      from: root, policy: &policy, verifier: Wants28(), budget: budget, random: &random)
    let refuted = try #require(greedy.refuted)
    #expect(refuted.tree.canonicalText == "goal find(){action guess()->29;terminal return();}")
    let repaired = try PlanRepair().run(
      refuted: refuted, from: root, policy: &policy, verifier: Wants28(), budget: budget.remaining(after: greedy),
      random: &random)
    #expect(repaired.plan?.tree.canonicalText == "goal find(){action guess()->28;terminal return();}")
  }
}
