/// A plan drawn as a tree for people: plain lines, no colour.
///
///     goal evaluate(37,add,45)
///     ├─ action add(37,45) -> 82
///     └─ terminal return()
public struct PlanDrawing: Hashable, Sendable {
  /// One line: the guides, the text after them, and the node it shows.
  public struct Row: Hashable, Sendable {
    /// `│  ├─ ` and the like; empty for the goal.
    public let guides: String
    public let text: String
    /// The node shown; the two labels of a branch have the path of their arm.
    public let path: PlanPath
  }

  public private(set) var rows: [Row] = []

  public init(_ tree: PlanTree) {
    rows.append(Row(guides: "", text: "goal \(tree.goal.canonicalText)", path: PlanPath()))
    draw(tree.steps, indent: "", at: PlanPath())
  }

  /// The rows as text.
  public var lines: [String] { rows.map { $0.guides + $0.text } }

  private mutating func draw(_ steps: [PlanNode], indent: String, at path: PlanPath) {
    for (index, step) in steps.enumerated() {
      let isLast = index == steps.count - 1
      let here = path.appending(index)
      addRow(text(of: step), indent: indent, isLast: isLast, at: here)
      let inner = indent + (isLast ? "   " : "│  ")
      switch step {
      case .subgoal(_, let steps):
        draw(steps, indent: inner, at: here)
      case .branch(_, let whenTrue, let whenFalse):
        addRow("true", indent: inner, isLast: false, at: here.appending(0))
        draw(whenTrue, indent: inner + "│  ", at: here.appending(0))
        addRow("false", indent: inner, isLast: true, at: here.appending(1))
        draw(whenFalse, indent: inner + "   ", at: here.appending(1))
      case .assertion, .action, .terminal: break
      }
    }
  }

  private mutating func addRow(_ text: String, indent: String, isLast: Bool, at path: PlanPath) {
    rows.append(Row(guides: indent + (isLast ? "└─ " : "├─ "), text: text, path: path))
  }

  private func text(of step: PlanNode) -> String {
    switch step {
    case .assertion(let call), .subgoal(let call, _), .branch(let call, _, _), .terminal(let call):
      "\(step.kind.rawValue) \(call.canonicalText)"
    case .action(let call, let output):
      "action \(call.canonicalText)" + (output.map { " -> \($0)" } ?? "")
    }
  }
}
