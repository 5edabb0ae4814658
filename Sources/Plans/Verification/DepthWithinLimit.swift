/// A plan nests at most so deep: the guard against recursion without progress.
///
/// Finding: a node lies just beyond the limit; nodes below it are not reported again.
public struct DepthWithinLimit: PlanRule {
  public let name = "depth_within_limit"
  /// The goal has depth 1.
  public let maximumDepth: Int

  public init(maximumDepth: Int) { self.maximumDepth = maximumDepth }

  public func findings(in tree: PlanTree) -> [PlanFinding] {
    var findings: [PlanFinding] = []
    visit(tree.steps, depth: 2, at: PlanPath(), &findings)
    return findings
  }

  private func visit(_ steps: [PlanNode], depth: Int, at path: PlanPath, _ findings: inout [PlanFinding]) {
    for (index, step) in steps.enumerated() {
      let here = path.appending(index)
      if depth > maximumDepth {
        findings.append(PlanFinding(here, rule: name, "depth \(depth) exceeds the limit of \(maximumDepth)"))
        continue
      }
      switch step {
      case .subgoal(_, let steps):
        visit(steps, depth: depth + 1, at: here, &findings)
      case .branch(_, let whenTrue, let whenFalse):
        visit(whenTrue, depth: depth + 1, at: here.appending(0), &findings)
        visit(whenFalse, depth: depth + 1, at: here.appending(1), &findings)
      case .assertion, .action, .terminal: break
      }
    }
  }
}
