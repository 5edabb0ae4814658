import Plans

/// A plan drawn as a tree, its node types in colour.
struct PlanView {
  let drawing: PlanDrawing

  init(_ tree: PlanTree) { drawing = PlanDrawing(tree) }

  func write(to output: Output) throws {
    for row in drawing.rows {
      let keyword = String(row.text.prefix { $0 != " " })
      let rest = String(row.text.dropFirst(keyword.count))
      try output.line(StyledText(row.guides, .dim) + StyledText(keyword, Self.style(of: keyword)) + StyledText(rest))
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
