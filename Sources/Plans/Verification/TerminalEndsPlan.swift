/// Each path through a plan ends in exactly one terminal, and nothing follows it.
///
/// Findings: a node after the end of its path; a terminal inside a subgoal, which is only on the way; a path that
/// reaches the end of the goal's block without a terminal (at the root).
public struct TerminalEndsPlan: PlanRule {
  public let name = "terminal_ends_plan"

  public init() {}

  public func findings(in tree: PlanTree) -> [PlanFinding] {
    var findings: [PlanFinding] = []
    if !visit(tree.steps, inSubgoal: false, at: PlanPath(), &findings) {
      findings.append(PlanFinding(PlanPath(), rule: name, "a path ends without a terminal"))
    }
    return findings
  }

  /// Whether the path has ended after `steps`.
  private func visit(
    _ steps: [PlanNode], inSubgoal: Bool, at path: PlanPath, _ findings: inout [PlanFinding]
  ) -> Bool {
    var hasEnded = false
    for (index, step) in steps.enumerated() {
      let here = path.appending(index)
      if hasEnded {
        findings.append(PlanFinding(here, rule: name, "a step follows the end of its path"))
        break
      }
      switch step {
      case .terminal:
        if inSubgoal { findings.append(PlanFinding(here, rule: name, "a terminal stands inside a subgoal")) }
        hasEnded = true
      case .subgoal(_, let steps):
        _ = visit(steps, inSubgoal: true, at: here, &findings)
      case .branch(_, let whenTrue, let whenFalse):
        let trueEnds = visit(whenTrue, inSubgoal: inSubgoal, at: here.appending(0), &findings)
        let falseEnds = visit(whenFalse, inSubgoal: inSubgoal, at: here.appending(1), &findings)
        hasEnded = trueEnds && falseEnds
      case .assertion, .action: break
      }
    }
    return hasEnded
  }
}
