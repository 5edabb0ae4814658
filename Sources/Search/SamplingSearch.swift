import Plans
import Randomness

#if canImport(Glibc)
  import Glibc
#endif

/// Independent samples until one is verified or the budget is spent: the baseline that a guided search must beat.
///
/// Nothing is learnt from one sample for the next, and no prefix is pruned.
public struct SamplingSearch: PlanSearch {
  /// Log-probabilities are divided by it before sampling; 1 samples from the policy.
  public let temperature: Double

  /// Traps unless `temperature` is positive and finite.
  public init(temperature: Double = 1) {
    precondition(temperature > 0 && temperature.isFinite, "a temperature is positive")
    self.temperature = temperature
  }

  public func run(
    from root: PartialPlan, policy: inout some PlanPolicy, verifier: any PlanVerifier, budget: SearchBudget,
    random: inout RandomStream
  ) throws -> SearchOutcome {
    var meter = SearchMeter(budget, verifier)
    // A root without choices has one completion; sampling it again would never end.
    if root.isComplete {
      _ = try meter.verify(root)
      return meter.outcome(otherwise: .refuted)
    }
    let limit = root.state.vocabulary.count
    while true {
      var partial = root
      while !partial.isComplete {
        guard let answer = try meter.propose(&policy, for: partial, limit: limit, random: &random) else {
          return meter.outcome(otherwise: .budgetExhausted)
        }
        let choice = sample(answer, &random)
        try partial.extend(choice.token, logProbability: choice.logProbability)
      }
      if try meter.verify(partial) { return meter.outcome(otherwise: .found) }
    }
  }

  /// Draws one proposal with probability proportional to exp(logProbability / temperature).
  private func sample(
    _ answer: PolicyAnswer, _ random: inout RandomStream
  ) -> (token: PlanToken, logProbability: Double) {
    let best = answer.proposals[0].logProbability
    let weights = answer.proposals.map { exp(($0.logProbability - best) / temperature) }
    var rest = random.uniform() * weights.reduce(0, +)
    for (proposal, weight) in zip(answer.proposals, weights) {
      rest -= weight
      if rest < 0 { return proposal }
    }
    return answer.proposals[0]  // rounding left a rest
  }
}
