import Plans

/// How a search ended, and what it cost.
public struct SearchOutcome: Sendable {
  public enum Reason: String, Sendable, CaseIterable {
    /// A plan was verified.
    case found
    /// The one plan that this search makes was refuted.
    case refuted
    /// The evaluations are spent.
    case budgetExhausted = "budget_exhausted"
    /// Nothing is left to try within the search's options.
    case spaceExhausted = "space_exhausted"
    /// `SearchBudget.isCancelled` said so.
    case cancelled
  }

  public let reason: Reason
  /// The verified plan; `nil` unless `reason` is `found`.
  public let plan: VerifiedPlan?
  /// The complete plan that was refuted last, if any.
  public let refuted: RefutedPlan?
  /// Calls of `PlanPolicy.propose`.
  public let evaluations: Int
}

/// A plan in which the verifier found nothing.
public struct VerifiedPlan: Sendable, Hashable {
  public let tree: PlanTree
  /// The stream it was read from, prompt included.
  public let tokens: [PlanToken]
  /// Sum of the natural-log probabilities of its chosen tokens.
  public let logProbability: Double
}

/// A complete plan that the verifier refused, and why.
public struct RefutedPlan: Sendable, Hashable {
  public let tree: PlanTree
  /// The stream it was read from, prompt included.
  public let tokens: [PlanToken]
  /// Not empty.
  public let findings: [PlanFinding]

  package init(tree: PlanTree, tokens: [PlanToken], findings: [PlanFinding]) {
    self.tree = tree
    self.tokens = tokens
    self.findings = findings
  }
}
