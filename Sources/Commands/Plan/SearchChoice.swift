import ArgumentParser
import Planning
import Schemas

/// A mode that a user may ask for; the others are baselines of `evaluate`.
struct AskedMode: ExpressibleByArgument {
  let mode: PlanningMode

  init?(argument: String) {
    guard let mode = PlanningMode(rawValue: argument), !mode.isBaseline else { return nil }
    self.mode = mode
  }

  static var allValueStrings: [String] { PlanningMode.allCases.filter { !$0.isBaseline }.map(\.rawValue) }
  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}

/// What the command line says about search.
package struct SearchChoice {
  let mode: PlanningMode?
  let budget: Int?

  package init(mode: PlanningMode?, budget: Int?) {
    self.mode = mode
    self.budget = budget
  }

  /// The run's own settings, changed as asked.
  package func config(_ own: SearchConfig) -> SearchConfig {
    let mode = mode ?? own.mode
    let standard = mode == own.mode ? own.budget : own.standardBudget(of: mode)
    return own.with(mode: mode, budget: budget ?? standard)
  }
}
