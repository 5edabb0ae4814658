/// docs/modules.md tells the same imports as the module table.
struct ModulesPageRule {
  let table: ModuleTable

  /// - Parameters:
  ///   - page: The page with one Markdown row per module: name, contract, imports.
  ///   - built: Modules with sources; each needs a row.
  func findings(in page: SourceFile, built: [String]) -> [Finding] {
    let rows = Self.rows(of: page)
    let missing = built.filter { name in !rows.contains { $0.name == name } }.map {
      Finding(page.path, "\($0) has no row: name, contract, imports")
    }
    let wrong = rows.compactMap { row -> Finding? in
      guard let expected = table.row(row.name) else {
        return Finding(page.path, line: row.line, "\(row.name) is not in the module table")
      }
      let difference = expected.imports.union(expected.external).symmetricDifference(row.imports)
      return difference.isEmpty
        ? nil : Finding(page.path, line: row.line, "\(row.name): imports differ by \(difference.sorted())")
    }
    return missing + wrong
  }

  /// Table rows whose first cell is a name in backticks.
  private static func rows(of page: SourceFile) -> [(name: String, imports: Set<String>, line: Int)] {
    page.lines.enumerated().compactMap { index, line in
      let cells = line.split(separator: "|").map { $0.split(separator: " ").joined(separator: " ") }
      guard line.hasPrefix("| `"), cells.count == 3 else { return nil }
      let imports = cells[2].split { ", —".contains($0) }.map(String.init)
      return (String(cells[0].filter { $0 != "`" }), Set(imports), index + 1)
    }
  }
}
