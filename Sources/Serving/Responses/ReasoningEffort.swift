import Planning
import Schemas

/// How hard to think, in the words of the API: which search runs and what it may cost.
public enum ReasoningEffort: String, CaseIterable, Sendable {
  case none, minimal, low, medium, high, xhigh

  /// The search for this effort: one pass for `none` and `minimal` (the second with room for a repair), best-first with
  /// 16, 64, 256 and 1024 model evaluations for the others.
  package func search(_ own: SearchConfig) -> SearchConfig {
    switch self {
    case .none: own.with(mode: .greedy, budget: own.tokenBudget)
    case .minimal: own.with(mode: .greedy)
    case .low: own.with(mode: .bestFirst, budget: 16)
    case .medium: own.with(mode: .bestFirst)
    case .high: own.with(mode: .bestFirst, budget: 256)
    case .xhigh: own.with(mode: .bestFirst, budget: 1024)
    }
  }
}
