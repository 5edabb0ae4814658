extension PlanTree {
  /// Calls `body` for every step in document order, parents first, with its path.
  public func visit(_ body: (PlanNode, PlanPath) -> Void) {
    Self.visit(steps, at: PlanPath(), body)
  }

  /// The number of nodes, the goal included.
  public var nodeCount: Int {
    var count = 1
    visit { _, _ in count += 1 }
    return count
  }

  /// The deepest nesting: a goal without steps has depth 1.
  public var depth: Int { Self.depth(of: steps) }

  private static func visit(_ steps: [PlanNode], at path: PlanPath, _ body: (PlanNode, PlanPath) -> Void) {
    for (index, step) in steps.enumerated() {
      let here = path.appending(index)
      body(step, here)
      switch step {
      case .subgoal(_, let steps):
        visit(steps, at: here, body)
      case .branch(_, let whenTrue, let whenFalse):
        visit(whenTrue, at: here.appending(0), body)
        visit(whenFalse, at: here.appending(1), body)
      case .assertion, .action, .terminal: break
      }
    }
  }

  private static func depth(of steps: [PlanNode]) -> Int {
    1 + (steps.lazy.map(depth(of:)).max() ?? 0)
  }

  private static func depth(of step: PlanNode) -> Int {
    switch step {
    case .subgoal(_, let steps): depth(of: steps)
    case .branch(_, let whenTrue, let whenFalse): max(depth(of: whenTrue), depth(of: whenFalse))
    case .assertion, .action, .terminal: 1
    }
  }
}
