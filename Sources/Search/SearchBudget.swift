/// What one search may spend. Time is no part of it: equal budgets give equal outcomes on every machine.
public struct SearchBudget: Sendable {
  /// Calls of `PlanPolicy.propose`, counted strictly: one call is one model evaluation.
  public var maximumEvaluations: Int
  /// Asked before every evaluation; the search ends once it says yes.
  public var isCancelled: @Sendable () -> Bool

  /// Traps if `maximumEvaluations` is negative.
  public init(maximumEvaluations: Int, isCancelled: @escaping @Sendable () -> Bool = { false }) {
    precondition(maximumEvaluations >= 0, "a budget is not negative")
    self.maximumEvaluations = maximumEvaluations
    self.isCancelled = isCancelled
  }

  /// What `outcome` left of this budget.
  public func remaining(after outcome: SearchOutcome) -> SearchBudget {
    SearchBudget(
      maximumEvaluations: max(0, maximumEvaluations - outcome.evaluations), isCancelled: isCancelled)
  }
}
