/// One structural demand on every plan, whatever its world; one rule per file.
public protocol PlanRule: Sendable {
  /// Stable snake-case identifier, the `rule` of its findings.
  var name: String { get }

  /// Every violation in `tree`, in document order.
  func findings(in tree: PlanTree) -> [PlanFinding]
}

/// The structural rules that hold in every world.
public enum PlanRules {
  /// All rules, in the order of their findings.
  public static func standard(maximumDepth: Int, maximumNodes: Int) -> [any PlanRule] {
    [
      DepthWithinLimit(maximumDepth: maximumDepth), NodeCountWithinLimit(maximumNodes: maximumNodes),
      TerminalEndsPlan(), SubgoalHasSteps(), ArmsHaveSteps(), BranchIsConsequential(), NoRepeatedNode(),
    ]
  }

  /// The findings of all standard rules.
  public static func findings(in tree: PlanTree, limits: PlanLimits) -> [PlanFinding] {
    standard(maximumDepth: limits.maximumDepth, maximumNodes: limits.maximumNodes).flatMap { $0.findings(in: tree) }
  }
}
