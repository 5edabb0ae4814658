/// A branch decides between different continuations.
///
/// Finding: both arms are equal, so the condition changes nothing.
public struct BranchIsConsequential: PlanRule {
  public let name = "branch_is_consequential"

  public init() {}

  public func findings(in tree: PlanTree) -> [PlanFinding] {
    var findings: [PlanFinding] = []
    tree.visit { node, path in
      guard case .branch(let condition, let whenTrue, let whenFalse) = node, whenTrue == whenFalse else { return }
      findings.append(
        PlanFinding(
          path, rule: name, "branch on '\(condition.canonicalText)' has equal arms; replace it by its arm"))
    }
    return findings
  }
}
