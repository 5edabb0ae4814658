import Plans
import Randomness
import Reasoner
import Search
import Tensors
import TestSupport
import Testing
import Worlds

@Suite struct ReasonerPolicyTests {  // Sources/Reasoner/Inference/ReasonerPolicy.swift, BranchCache.swift
  /// Partial plans for one problem, which share beginnings as those of a search do.
  private func relatives(seed: UInt64) throws -> [PartialPlan] {
    var random = RandomStream(seed: seed, "tests/relatives")
    let kind = WorldKind.allCases[Int(seed) % WorldKind.allCases.count]
    let problem = kind.teacher.exercise(level: kind.teacher.levels[0].number, random: &random).problem
    let signature = kind.world.signature
    let automaton = try PlanAutomaton(
      vocabulary: TinyModel.vocabulary, signature: signature,
      heads: Set(signature.entries.map { PlanHead($0.kind, $0.name) }), limits: PlanLimits(tokenBudget: 64))
    var plans = [
      try PartialPlan(goal: problem.goal, automaton: automaton, feasibility: kind.world.feasibility(for: problem))
    ]
    for _ in 0..<60 {
      var plan = plans[random.index(below: plans.count)]
      let allowed = Array(plan.state.allowed)
      try plan.extend(allowed[random.index(below: allowed.count)], logProbability: -1)
      if !plan.isComplete { plans.append(plan) }
    }
    return plans
  }

  private struct Opinion: Equatable {
    let tokens: [PlanToken]
    let logProbabilities: [Double]
    let value: Double

    init(_ answer: PolicyAnswer) {
      tokens = answer.proposals.map(\.token)
      logProbabilities = answer.proposals.map(\.logProbability)
      value = answer.value
    }
  }

  /// Whatever was asked before, alone or together, with room for one branch or for many: the same bits.
  @Test(arguments: TinyModel.implementations)
  func answers_dependOnThePlanAlone(_ implementation: TinyModel.Implementation) throws {
    try withEvery("seed", in: UInt64(0)..<(implementation.isSlow ? 3 : 8)) { seed in
      let weights = try TinyModel.weights(seed: seed)
      let plans = try relatives(seed: seed)
      var unused = RandomStream(seed: 0, "tests/unused")
      let expected = try plans.map { plan in
        var fresh = ReasonerPolicy(weights, kernels: implementation.kernels, branches: 1)
        return Opinion(try fresh.propose(for: plan, limit: 3, random: &unused))
      }
      #expect(Set(expected.map(\.value)).count > plans.count / 2, "control: plans are told apart")
      for branches in [1, 2, 3, 8, 64] {
        var policy = ReasonerPolicy(weights, kernels: implementation.kernels, branches: branches)
        var random = RandomStream(seed: seed, "tests/batches", branches)
        for _ in 0..<12 {
          let asked = (0..<random.integer(in: 1...20)).map { _ in random.index(below: plans.count) }
          let answers =
            asked.count == 1
            ? [try policy.propose(for: plans[asked[0]], limit: 3, random: &unused)]
            : try policy.propose(for: asked.map { plans[$0] }, limit: 3, random: &unused)
          #expect(answers.map(Opinion.init) == asked.map { expected[$0] }, "branches: \(branches)")
        }
      }
    }
  }

  /// A search that jumps between branches finds the same plans at the same cost with room for one as for many.
  @Test func search_doesNotDependOnTheBranchesKept() throws {
    let weights = try TinyModel.weights(seed: 5)
    for seed in UInt64(0)..<4 {
      let root = try relatives(seed: seed)[0]
      var outcomes: [[PlanToken]?] = []
      for branches in [1, 2, 64] {
        var policy = ReasonerPolicy(weights, kernels: FastKernels(backend: .builtIn), branches: branches)
        var random = RandomStream(seed: 0, "tests/search")
        let outcome = try BestFirstSearch(beam: 3).run(
          from: root, policy: &policy, verifier: Refusing(), budget: SearchBudget(maximumEvaluations: 40),
          random: &random)
        #expect(outcome.evaluations == 40 || outcome.reason == .spaceExhausted)
        outcomes.append(outcome.refuted?.tokens)
      }
      #expect(outcomes.allSatisfy { $0 == outcomes[0] })
    }
  }

  /// Every weight is a number, and what the model says may be none: then it is an error of the model, in one sentence with its
  /// remedy. Vector instructions may lose a NaN where they compare; then the search goes on, and its plans are judged.
  @Test(arguments: [Float(1e20), 3e38]) func hugeWeights_areSaidToBeTheModelsFault(size: Float) throws {
    let weights = try TinyModel.weights(seed: 1)
    for index in 0..<weights.buffer.count { weights.buffer[index] *= size }
    for index in 0..<weights.buffer.count where !weights.buffer[index].isFinite { weights.buffer[index] = 3e38 }
    #expect(weights.firstNonFinite() == nil)
    let root = try relatives(seed: 1)[0]
    var errors: [SearchError] = []
    for kernels in TinyModel.kernelSets {
      var policy = ReasonerPolicy(weights, kernels: kernels, branches: 2)
      var random = RandomStream(seed: 0, "tests/search")
      do {
        _ = try BestFirstSearch(beam: 3).run(
          from: root, policy: &policy, verifier: Refusing(), budget: SearchBudget(maximumEvaluations: 40),
          random: &random)
      } catch let error as SearchError {
        errors.append(error)
      }
    }
    #expect(!errors.isEmpty && errors.allSatisfy { "\($0)".contains("so large that their products are not") })
  }

  /// Refuses every complete plan, so that a search goes on.
  private struct Refusing: PlanVerifier {
    func findings(in plan: PlanTree) -> [PlanFinding] { [PlanFinding(PlanPath(), rule: "refused", "no plan is good")] }
    func findings(inPrefix steps: [PlanNode]) -> [PlanFinding] { [] }
  }
}
