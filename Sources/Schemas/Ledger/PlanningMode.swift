/// How a plan is looked for: the one list of names that configurations, records, gates and the command line use.
public enum PlanningMode: String, CaseIterable, Sendable {
  /// The policy's most probable token each time: one pass.
  case greedy
  /// Partial plans ranked by policy and value head.
  case bestFirst = "best-first"
  /// Independent samples from the policy until one is verified: a baseline.
  case sampling
  /// Best-first under a policy that knows nothing: a baseline. No model runs, but its evaluations are counted all the same.
  case uniform

  /// Whether it is there to be beaten: `evaluate` asks it, users do not plan with it.
  public var isBaseline: Bool {
    switch self {
    case .greedy, .bestFirst: false
    case .sampling, .uniform: true
    }
  }
}
