/// A plan makes progress: it neither opens a subgoal inside itself nor repeats a claim at once.
///
/// Findings: a subgoal equal to one that is open around it; an assertion equal to the step just before it. Equal actions
/// are none: `add(5,0)` twice may be what the goal asks for, and whether an action helps is the world's to judge.
public struct NoRepeatedNode: PlanRule {
  public let name = "no_repeated_node"

  public init() {}

  public func findings(in tree: PlanTree) -> [PlanFinding] {
    var findings: [PlanFinding] = []
    visit(tree.steps, open: [], at: PlanPath(), &findings)
    return findings
  }

  private func visit(_ steps: [PlanNode], open: [PlanCall], at path: PlanPath, _ findings: inout [PlanFinding]) {
    for (index, step) in steps.enumerated() {
      let here = path.appending(index)
      switch step {
      case .assertion(let call):
        guard index > 0, steps[index - 1] == step else { continue }
        findings.append(PlanFinding(here, rule: name, "assertion '\(call.canonicalText)' repeats the step before it"))
      case .subgoal(let call, let steps):
        if open.contains(call) {
          findings.append(PlanFinding(here, rule: name, "subgoal '\(call.canonicalText)' is opened inside itself"))
        }
        visit(steps, open: open + [call], at: here, &findings)
      case .branch(_, let whenTrue, let whenFalse):
        visit(whenTrue, open: open, at: here.appending(0), &findings)
        visit(whenFalse, open: open, at: here.appending(1), &findings)
      case .action, .terminal: break
      }
    }
  }
}
