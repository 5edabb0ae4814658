/// Both arms of a branch say what to do.
///
/// Finding: an arm without steps, at the path of the arm.
public struct ArmsHaveSteps: PlanRule {
  public let name = "arms_have_steps"

  public init() {}

  public func findings(in tree: PlanTree) -> [PlanFinding] {
    var findings: [PlanFinding] = []
    tree.visit { node, path in
      guard case .branch(let condition, let whenTrue, let whenFalse) = node else { return }
      for (index, arm) in [whenTrue, whenFalse].enumerated() where arm.isEmpty {
        let label = index == 0 ? "true" : "false"
        findings.append(
          PlanFinding(
            path.appending(index), rule: name, "the \(label) arm of '\(condition.canonicalText)' has no steps"))
      }
    }
    return findings
  }
}
