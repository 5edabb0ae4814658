import Plans

/// A plan as a Graphviz graph: one node per plan node, named by its path.
package struct PlanGraph {
  private let drawing: PlanDrawing

  package init(_ tree: PlanTree) { drawing = PlanDrawing(tree) }

  /// Lines of the DOT language.
  package var text: String {
    let nodes = drawing.rows.map { row in "  \(Self.quoted(row.path.description)) [label=\(Self.quoted(row.text))];" }
    let edges = drawing.rows.filter { !$0.path.indices.isEmpty }.map { row in
      let parent = PlanPath(Array(row.path.indices.dropLast()))
      return "  \(Self.quoted(parent.description)) -> \(Self.quoted(row.path.description));"
    }
    return (["digraph plan {", "  node [shape=box];"] + nodes + edges + ["}", ""]).joined(separator: "\n")
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "\""
  }
}
