import ArgumentParser
import Planning

/// The modes that a user may ask for; the others are baselines of `evaluate`.
package enum SearchMode: String, CaseIterable, ExpressibleByArgument {
  case greedy
  case bestFirst = "best-first"

  var planning: PlanningMode {
    switch self {
    case .greedy: .greedy
    case .bestFirst: .bestFirst
    }
  }
}

/// What the command line says about search.
package struct SearchChoice {
  let mode: SearchMode?
  let budget: Int?

  package init(mode: SearchMode?, budget: Int?) {
    self.mode = mode
    self.budget = budget
  }

  /// Model evaluations of a best-first search that neither the command line nor the run's template sets.
  package static let bestFirstBudget = 64

  /// The run's own settings, changed as asked.
  package func config(_ own: SearchConfig) -> SearchConfig {
    let mode = mode?.planning ?? own.mode
    let standard =
      mode == own.mode ? own.budget : mode == .greedy ? 2 * own.tokenBudget : Self.bestFirstBudget
    return own.with(mode: mode, budget: budget ?? standard)
  }
}
