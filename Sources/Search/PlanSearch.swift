import Plans
import Randomness

/// A way to look for a verified plan. It sees no world: only automaton states, a policy and a verifier.
///
/// Every search is deterministic in its arguments; `random` is consumed by the policy and by sampling searches only.
public protocol PlanSearch: Sendable {
  /// Looks for a plan that continues `root` and passes `verifier`, within `budget`.
  ///
  /// Throws `SearchError` if the policy misbehaves, `PlanError` if it proposes a token that is not allowed.
  func run(
    from root: PartialPlan, policy: inout some PlanPolicy, verifier: any PlanVerifier, budget: SearchBudget,
    random: inout RandomStream
  ) throws -> SearchOutcome
}
