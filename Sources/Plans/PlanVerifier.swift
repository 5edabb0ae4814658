/// One reason why a plan is not acceptable, at the node where it shows.
public struct PlanFinding: Hashable, Sendable {
  public let path: PlanPath
  /// Stable snake-case identifier of the rule, e.g. `wrong_value`.
  public let rule: String
  /// What is wrong, with expected and got.
  public let message: String

  public init(_ path: PlanPath, rule: String, _ message: String) {
    self.path = path
    self.rule = rule
    self.message = message
  }
}

/// Judges plans for one problem by symbolic execution. Worlds implement it; search and planning call it.
public protocol PlanVerifier: Sendable {
  /// Every finding in a complete plan; empty means: sound, complete and reaching the goal.
  func findings(in plan: PlanTree) -> [PlanFinding]

  /// Findings that no continuation can mend, in the steps emitted so far.
  ///
  /// `steps` are finished nodes, in emission order, at the root or inside open subgoals; the goal's being unmet
  /// or a missing terminal is no finding here.
  func findings(inPrefix steps: [PlanNode]) -> [PlanFinding]
}
