/// A subgoal says how it is reached.
///
/// Finding: a subgoal without steps.
public struct SubgoalHasSteps: PlanRule {
  public let name = "subgoal_has_steps"

  public init() {}

  public func findings(in tree: PlanTree) -> [PlanFinding] {
    var findings: [PlanFinding] = []
    tree.visit { node, path in
      guard case .subgoal(let call, let steps) = node, steps.isEmpty else { return }
      findings.append(PlanFinding(path, rule: name, "subgoal '\(call.canonicalText)' has no steps"))
    }
    return findings
  }
}
