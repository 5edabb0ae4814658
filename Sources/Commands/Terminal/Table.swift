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

  /// The lines of the table, its headings first, whole.
  package var lines: [StyledText] { lines(fitting: nil) }

  /// The lines of the table.
  ///
  /// - Parameter width: Columns of a terminal, which no line exceeds; nil leaves everything whole. Text is shortened with `…` if that
  ///   makes the rows fit; if not, rows and headings go on in further lines, and nothing is left out.
  package func lines(fitting width: Int?) -> [StyledText] {
    let heading = columns.map { StyledText($0.title, .bold) }
    let all = [heading] + rows
    let natural = columns.indices.map { index in all.map { $0[index].width }.max() ?? 0 }
    let fit = TableFit(natural, of: columns, in: width ?? .max)
    return all.flatMap { cells in
      fit.parts.enumerated().flatMap { number, part in
        row(cells, part, fit.widths).map { number == 0 ? $0 : StyledText(TableFit.indentation) + $0 }
      }
    }
  }

  /// Some of a row's cells, on several lines where the last one needs them.
  private func row(_ cells: [StyledText], _ part: Range<Int>, _ widths: [Int]) -> [StyledText] {
    let last = part.upperBound - 1
    let isText = columns[last].alignment == .left && last == columns.count - 1
    let ends = isText ? cells[last].wrapped(to: widths[last]) : [cells[last].shortened(to: widths[last])]
    return ends.indices.map { number in
      part.reduce(StyledText("")) { line, index in
        let cell =
          index == last ? ends[number] : number == 0 ? cells[index].shortened(to: widths[index]) : StyledText("")
        let padding = StyledText(String(repeating: " ", count: widths[index] - cell.width))
        let padded =
          columns[index].alignment == .right ? padding + cell : index == last ? cell : cell + padding
        return line + (index == part.lowerBound ? "" : "  ") + padded
      }
    }
  }

  package func write(to output: Output) throws {
    for line in lines(fitting: output.columns) { try output.line(line) }
  }
}
