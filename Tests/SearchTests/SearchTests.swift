import Plans
import Randomness
import Search
import TestSupport
import Testing

/// What all searches promise; each search's own suite lies beside this one.
@Suite struct SearchTests {  // Sources/Search/PlanSearch.swift
  private static let searches: [any PlanSearch] = [
    GreedySearch(), SamplingSearch(), BestFirstSearch(beam: 3), BestFirstSearch(beam: 2, valueWeight: 0),
  ]

  private func run(
    _ search: any PlanSearch, _ policy: inout some PlanPolicy, _ secret: String, budget: Int, seed: UInt64 = 1
  ) throws -> SearchOutcome {
    var random = RandomStream(seed: seed, "search/tests")
    return try search.run(
      from: PickWorld.root(), policy: &policy, verifier: PickVerifier(secret: secret, judgesPrefixes: false),
      budget: SearchBudget(maximumEvaluations: budget), random: &random)
  }

  @Test func budgets_areRespectedExactly() throws {
    for search in Self.searches {
      for budget in 0...40 {
        var policy = TablePolicy()
        let outcome = try run(search, &policy, "ccb", budget: budget)
        #expect(outcome.evaluations == policy.asked.count && outcome.evaluations <= budget)
        #expect((outcome.plan != nil) == (outcome.reason == .found))
        if outcome.reason == .budgetExhausted { #expect(outcome.evaluations == budget) }
        if outcome.reason == .found, budget > 0 {
          // The last evaluation was needed: one less ends without a plan.
          let less = try run(search, &policy, "ccb", budget: outcome.evaluations - 1)
          #expect(less.reason == .budgetExhausted && less.evaluations == outcome.evaluations - 1)
        }
      }
    }
  }

  @Test func outcomes_areDeterministic() throws {
    for search in Self.searches {
      for seed in UInt64(0)..<20 {
        var first = UniformPolicy()
        var second = UniformPolicy()
        let a = try run(search, &first, "bca", budget: 30, seed: seed)
        let b = try run(search, &second, "bca", budget: 30, seed: seed)
        #expect(a.plan == b.plan && a.refuted == b.refuted && a.evaluations == b.evaluations && a.reason == b.reason)
      }
    }
  }

  @Test func plans_areReleasedOnlyIfVerified() throws {
    for search in Self.searches {
      var policy = TablePolicy(["": ["b": 1], "b": ["c": 1], "bc": ["a": 1]])
      let found = try run(search, &policy, "bca", budget: 100)
      #expect(found.reason == .found && found.plan.map { PickWorld.picks($0.tree.steps) } == "bca")
      #expect(found.plan?.logProbability == 0)
      // Control: the same search, policy and budget, another secret: nothing may come out.
      let refused = try run(search, &policy, "bcb", budget: 100)
      #expect(refused.plan == nil && refused.reason != .found)
      #expect(refused.refuted.map { PickWorld.picks($0.tree.steps) } == "bca")
      #expect(refused.refuted?.findings.map(\.rule) == ["wrong_pick"])
    }
  }

  @Test func searches_endWhenCancelled() throws {
    for search in Self.searches {
      var policy = TablePolicy()
      var random = RandomStream(seed: 1, "search/cancel")
      let outcome = try search.run(
        from: PickWorld.root(), policy: &policy, verifier: PickVerifier(secret: "zzz"),
        budget: SearchBudget(maximumEvaluations: 100, isCancelled: { true }), random: &random)
      #expect(outcome.reason == .cancelled && outcome.evaluations == 0 && policy.asked.isEmpty)
    }
  }

  @Test func roots_withoutAChoiceNeedNoEvaluation() throws {
    for search in Self.searches {
      var policy = TablePolicy()
      var random = RandomStream(seed: 1, "search/forced")
      let root = try PickWorld.root(picks: 0)
      #expect(root.isComplete && root.decisions == 0)
      let outcome = try search.run(
        from: root, policy: &policy, verifier: PickVerifier(secret: ""),
        budget: SearchBudget(maximumEvaluations: 0), random: &random)
      #expect(outcome.reason == .found && outcome.evaluations == 0)
    }
  }

  /// Answers as told, right or wrong.
  private struct BadPolicy: PlanPolicy {
    let answer: PolicyAnswer
    mutating func propose(for partial: PartialPlan, limit: Int, random: inout RandomStream) -> PolicyAnswer { answer }
  }

  @Test func policies_thatMisbehaveAreNamed() throws {
    let a = try #require(PickWorld.vocabulary.token(for: "a"))
    let brace = try #require(PickWorld.vocabulary.token(for: "{"))
    let cases: [(PolicyAnswer, String)] = [
      (
        PolicyAnswer(proposals: [(a, .nan)], value: 1),
        "the policy gave token 'a' the log-probability nan; expected at most 0. "
          + "The model's weights are not numbers, or so large that their products are not: use an earlier checkpoint, "
          + "or train again at a lower 'training.learning_rate'."
      ),
      (
        PolicyAnswer(proposals: [(a, -1)], value: .nan),
        "the policy gave the value nan; expected 0...1. "
          + "The model's weights are not numbers, or so large that their products are not: use an earlier checkpoint, "
          + "or train again at a lower 'training.learning_rate'."
      ),
      (
        PolicyAnswer(proposals: [(a, -1), (a, -1)], value: 1),
        "the policy proposed 2 tokens; at most 1 were asked for. Cut the list in 'propose'."
      ),
      (
        PolicyAnswer(proposals: [], value: 1),
        "the policy proposed no token for an incomplete plan; expected at least one allowed token."
      ),
      (PolicyAnswer(proposals: [(brace, -1)], value: 1), "token '{' is not allowed here; allowed: a b c."),
    ]
    for (answer, message) in cases {
      var policy = BadPolicy(answer: answer)
      do {
        _ = try run(GreedySearch(), &policy, "abc", budget: 9)
        Issue.record("accepted: \(message)")
      } catch {
        #expect("\(error)" == message)
      }
    }
  }
}
