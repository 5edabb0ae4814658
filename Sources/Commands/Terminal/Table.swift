/// Rows under headings, aligned by the widest cell; the last column is not padded.
package struct Table {
  package enum Alignment: Sendable { case left, right }

  package struct Column {
    let title: String
    let alignment: Alignment

    package init(_ title: String, _ alignment: Alignment = .left) {
      self.title = title
      self.alignment = alignment
    }
  }

  private let columns: [Column]
  private var rows: [[StyledText]] = []

  package init(_ columns: [Column]) { self.columns = columns }

  /// Traps unless there is one cell per column.
  package mutating func add(_ cells: [StyledText]) {
    precondition(cells.count == columns.count, "a row has one cell per column")
    rows.append(cells)
  }

  /// The lines of the table, its headings first.
  package var lines: [StyledText] {
    let heading = columns.map { StyledText($0.title, .bold) }
    let widths = columns.indices.map { index in ([heading] + rows).map { $0[index].width }.max() ?? 0 }
    return ([heading] + rows).map { cells in
      cells.indices.reduce(StyledText("")) { line, index in
        let padding = StyledText(String(repeating: " ", count: widths[index] - cells[index].width))
        let isLast = index == cells.count - 1
        let cell =
          columns[index].alignment == .right
          ? padding + cells[index] : isLast ? cells[index] : cells[index] + padding
        return line + (index == 0 ? "" : "  ") + cell
      }
    }
  }

  package func write(to output: Output) throws {
    for line in lines { try output.line(line) }
  }
}
