import Plans
import Randomness

/// One pass: the most probable token each time, then one verification. The fastest mode, with the weakest guarantee.
public struct GreedySearch: PlanSearch {
  public init() {}

  public func run(
    from root: PartialPlan, policy: inout some PlanPolicy, verifier: any PlanVerifier, budget: SearchBudget,
    random: inout RandomStream
  ) throws -> SearchOutcome {
    var meter = SearchMeter(budget, verifier)
    var partial = root
    try Self.complete(&partial, &policy, &meter, &random)
    _ = try meter.verify(partial)
    return meter.outcome(otherwise: .refuted)
  }

  /// Extends `partial` by the most probable tokens until it is complete or the budget is spent.
  static func complete(
    _ partial: inout PartialPlan, _ policy: inout some PlanPolicy, _ meter: inout SearchMeter,
    _ random: inout RandomStream
  ) throws {
    while !partial.isComplete {
      guard let answer = try meter.propose(&policy, for: partial, limit: 1, random: &random) else { return }
      try partial.extend(answer.proposals[0].token, logProbability: answer.proposals[0].logProbability)
    }
  }
}
