/// Writes canonical text: one line, no white space but the one space after a keyword.
///
/// `PlanParser.parse(tree.canonicalText) == tree` for every tree whose names, integers and size the parser accepts.
public enum PlanPrinter {
  public static func text(of tree: PlanTree) -> String {
    var text = ""
    write("goal", tree.goal, to: &text)
    write(tree.steps, to: &text)
    return text
  }

  public static func text(of call: PlanCall) -> String {
    call.name + "(" + call.arguments.map(\.description).joined(separator: ",") + ")"
  }

  /// Writes a block with its braces.
  private static func write(_ steps: [PlanNode], to text: inout String) {
    text += "{"
    for step in steps { write(step, to: &text) }
    text += "}"
  }

  fileprivate static func write(_ step: PlanNode, to text: inout String) {
    switch step {
    case .assertion(let call), .terminal(let call):
      write(step.kind.keyword, call, to: &text)
      text += ";"
    case .action(let call, let output):
      write(step.kind.keyword, call, to: &text)
      if let output { text += "->" + output.description }
      text += ";"
    case .subgoal(let call, let steps):
      write(step.kind.keyword, call, to: &text)
      write(steps, to: &text)
    case .branch(let call, let whenTrue, let whenFalse):
      write(step.kind.keyword, call, to: &text)
      write(whenTrue, to: &text)
      text += "else"
      write(whenFalse, to: &text)
    }
  }

  private static func write(_ keyword: String, _ call: PlanCall, to text: inout String) {
    text += keyword + " " + Self.text(of: call)
  }
}

extension PlanTree {
  /// The plan as one line; a trace stores it and its digest is the plan's identity.
  public var canonicalText: String { PlanPrinter.text(of: self) }
}

extension PlanNode {
  /// The step as canonical text.
  public var canonicalText: String {
    var text = ""
    PlanPrinter.write(self, to: &text)
    return text
  }
}

extension PlanCall {
  /// The call as canonical text, `add(37,45)`.
  public var canonicalText: String { PlanPrinter.text(of: self) }
}

extension PlanNodeKind {
  /// The word that begins a node of this type in canonical text.
  var keyword: String { self == .assertion ? "assert" : rawValue }

  init?(keyword: String) {
    switch keyword {
    case "assert": self = .assertion
    case "assertion": return nil
    default: self.init(rawValue: keyword)
    }
  }
}
