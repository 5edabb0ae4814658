import Plans
import Randomness
import Search
import TestSupport
import Testing

@Suite struct BaselineTests {  // Sources/Search/UniformPolicy.swift, Sources/Search/SamplingSearch.swift
  private func successes(_ search: some PlanSearch, runs: Int, budget: Int) throws -> Int {
    try (0..<UInt64(runs)).count { seed in
      var policy = UniformPolicy()
      var random = RandomStream(seed: seed, "search/uniform")
      let outcome = try search.run(
        from: PickWorld.root(), policy: &policy, verifier: PickVerifier(secret: "bca", judgesPrefixes: false),
        budget: SearchBudget(maximumEvaluations: budget), random: &random)
      return outcome.reason == .found
    }
  }

  /// A sample costs 3 evaluations and is right with probability 1/27.
  @Test func sampling_ofAUniformPolicySucceedsAtItsRate() throws {
    let runs = 4000
    for (samples, expected) in [(1, 1.0 / 27), (10, 1 - 0.6857), (0, 0.0)] {
      let rate = Double(try successes(SamplingSearch(), runs: runs, budget: 3 * samples)) / Double(runs)
      let deviation = (expected * (1 - expected) / Double(runs)).squareRoot()
      #expect(abs(rate - expected) <= 4.5 * deviation + 1e-4, "\(samples) samples: \(rate), expected \(expected)")
    }
    // Control: two evaluations too few for a sample.
    #expect(try successes(SamplingSearch(), runs: 200, budget: 2) == 0)
  }

  @Test func sampling_isSharpenedByTemperature() throws {
    let table = ["": ["a": 0.6, "b": 0.4]]
    func shareOfA(_ temperature: Double) throws -> Double {
      let runs = 4000
      let count = try (0..<UInt64(runs)).count { seed in
        var policy = TablePolicy(table)
        var random = RandomStream(seed: seed, "search/temperature")
        let outcome = try SamplingSearch(temperature: temperature).run(
          from: PickWorld.root(picks: 1), policy: &policy, verifier: PickVerifier(secret: "z"),
          budget: SearchBudget(maximumEvaluations: 1), random: &random)
        return outcome.refuted.map { PickWorld.picks($0.tree.steps) } == "a"
      }
      return Double(count) / Double(runs)
    }
    #expect(abs(try shareOfA(1) - 0.6) < 0.04)
    #expect(abs(try shareOfA(0.5) - 0.36 / 0.52) < 0.04)
    #expect(try shareOfA(0.01) == 1)
  }

  @Test func uniform_namesEveryTokenEquallyOften() throws {
    let root = try PickWorld.root()
    var policy = UniformPolicy()
    var random = RandomStream(seed: 5, "search/uniform/limit")
    let all = try policy.propose(for: root, limit: 10, random: &random)
    #expect(all.proposals.map(\.token) == Array(root.state.allowed) && all.value == 1)
    #expect(all.proposals.allSatisfy { $0.logProbability == -logarithm(3) })
    #expect(random == RandomStream(seed: 5, "search/uniform/limit"), "nothing to draw")
    var counts: [PlanToken: Int] = [:]
    for _ in 0..<3000 {
      let answer = try policy.propose(for: root, limit: 2, random: &random)
      #expect(answer.proposals.count == 2 && answer.proposals[0].token < answer.proposals[1].token)
      for proposal in answer.proposals { counts[proposal.token, default: 0] += 1 }
    }
    #expect(counts.values.allSatisfy { abs($0 - 2000) < 120 }, "\(counts.values.sorted())")
  }
}
