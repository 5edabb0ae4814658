/// How a plan is looked for.
public enum PlanningMode: String, CaseIterable, Sendable {
  /// The policy's most probable token each time: one pass.
  case greedy
  /// Partial plans ranked by policy and value head.
  case bestFirst = "best-first"
  /// Independent samples from the policy until one is verified: a baseline.
  case sampling
  /// Best-first under a policy that knows nothing: a baseline. No model runs, but its evaluations are counted all the same.
  case uniform
}
