import Plans

/// A plan drawn as a tree, its node types in colour.
struct PlanView {
  let drawing: PlanDrawing
  /// Findings about a plan that was refused.
  private let findings: [PlanFinding]

  init(_ tree: PlanTree, findings: [PlanFinding] = []) {
    drawing = PlanDrawing(tree)
    self.findings = findings
  }

  func write(to output: Output) throws {
    for line in lines { try output.line(line) }
  }

  /// The tree; nodes that something was found at in red, with the finding.
  var lines: [StyledText] {
    drawing.rows.map { row in
      let guides = StyledText(row.guides, .dim)
      let found = findings.filter { $0.path == row.path }
      guard found.isEmpty else {
        let why = found.map { "\($0.rule): \($0.message)" }.joined(separator: "; ")
        return guides + StyledText(row.text, .red) + StyledText("   ← \(why)", .red)
      }
      let keyword = String(row.text.prefix { $0 != " " })
      let rest = String(row.text.dropFirst(keyword.count))
      return guides + StyledText(keyword, Self.style(of: keyword)) + StyledText(rest)
    }
  }

  private static func style(of keyword: String) -> StyledText.Style? {
    switch keyword {
    case "goal", "subgoal": .bold
    case "action": .cyan
    case "assert", "assertion": .yellow
    case "terminal": .green
    default: nil
    }
  }
}
