import Plans
import Randomness
import Search
import Testing

@Suite struct BestFirstSearchTests {  // Sources/Search/BestFirstSearch.swift
  /// `b` begins the secret, but `a` looks better at first; after `a` the policy has no idea.
  private let misled = TablePolicy(["": ["a": 0.6, "b": 0.4], "b": ["c": 0.9, "a": 0.1], "bc": ["a": 1]])

  private func run(
    _ search: some PlanSearch, _ policy: inout TablePolicy, _ verifier: PickVerifier, budget: Int = 100
  ) throws -> SearchOutcome {
    var random = RandomStream(seed: 1, "search/best-first")
    return try search.run(
      from: PickWorld.root(), policy: &policy, verifier: verifier,
      budget: SearchBudget(maximumEvaluations: budget), random: &random)
  }

  @Test func run_findsWhatGreedyMisses() throws {
    let verifier = PickVerifier(secret: "bca", judgesPrefixes: false, judged: Counter())
    var policy = misled
    let greedy = try run(GreedySearch(), &policy, verifier)
    #expect(greedy.reason == .refuted && greedy.evaluations == 3)
    #expect(policy.asked == ["", "a", "aa"])
    policy = misled
    let best = try run(BestFirstSearch(beam: 3), &policy, verifier)
    #expect(best.reason == .found)
    // log 0.6 > log 0.4 > log 0.36 > log 0.2: the order by hand.
    #expect(policy.asked == ["", "a", "b", "bc"])
    #expect(verifier.judged?.value == 2, "one candidate each")
  }

  @Test func run_prunesUnsoundPrefixes() throws {
    var policy = misled
    let outcome = try run(BestFirstSearch(beam: 3), &policy, PickVerifier(secret: "bca"))
    #expect(outcome.reason == .found)
    #expect(policy.asked == ["", "b", "bc"], "'a' was dropped before it cost an evaluation")
    // Control: a verifier that refuses every prefix leaves nothing to search.
    let refusing = try run(BestFirstSearch(beam: 3), &policy, PickVerifier(secret: "z"))
    #expect(refusing.reason == .spaceExhausted && refusing.evaluations == 1)
  }

  @Test func run_limitsChildrenToTheBeam() throws {
    var policy = misled
    let verifier = PickVerifier(secret: "bca", judgesPrefixes: false, judged: Counter())
    let outcome = try run(BestFirstSearch(beam: 1), &policy, verifier)
    #expect(outcome.reason == .spaceExhausted && verifier.judged?.value == 1)
    #expect(policy.asked == ["", "a", "aa"], "a beam of one is greedy")
  }

  @Test func run_followsTheValueHead() throws {
    let verifier = PickVerifier(secret: "cab", judgesPrefixes: false)
    let table = ["": ["a": 0.5, "b": 0.3, "c": 0.2]]
    let values = ["a": 0.001, "b": 0.001, "c": 0.9, "ca": 0.9]
    var blind = TablePolicy(table, values: values)
    var guided = blind
    let without = try run(BestFirstSearch(beam: 3, valueWeight: 0), &blind, verifier)
    let with = try run(BestFirstSearch(beam: 3, valueWeight: 1), &guided, verifier)
    #expect(without.reason == .found && with.reason == .found)
    #expect(guided.asked == ["", "a", "b", "c", "ca"])
    #expect(with.evaluations < without.evaluations)
  }

  @Test func run_breaksTiesByAge() throws {
    var policy = TablePolicy()
    _ = try run(
      BestFirstSearch(beam: 3), &policy, PickVerifier(secret: "zzz", judgesPrefixes: false), budget: 5)
    #expect(policy.asked == ["", "a", "b", "c", "aa"])
  }

  @Test func run_exhaustsTheSpace() throws {
    var policy = TablePolicy()
    let verifier = PickVerifier(secret: "zzz", judgesPrefixes: false, judged: Counter())
    let outcome = try run(BestFirstSearch(beam: 3), &policy, verifier)
    #expect(outcome.reason == .spaceExhausted)
    #expect(outcome.evaluations == 1 + 3 + 9 && verifier.judged?.value == 27)
  }
}
