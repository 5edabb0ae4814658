/// How a table is laid out in a width: how wide its columns are, and which of them share a line.
struct TableFit {
  private(set) var widths: [Int]
  /// Ranges of columns, a line of each row each; all but the first are indented.
  private(set) var parts: [Range<Int>] = []
  private let columns: [Table.Column]

  static let indentation = "    "
  /// What remains of a shortened column at least.
  private static let smallest = 12
  /// What text in the last column gets at least, if it is to stand beside others.
  private static let smallestBeside = 36

  init(_ natural: [Int], of columns: [Table.Column], in width: Int) {
    self.columns = columns
    widths = natural
    parts = [columns.indices]
    guard total(columns.indices) > width else { return }
    shorten(to: width)
    guard total(columns.indices) > width else { return }
    // Shortening some is for nothing: then nothing is shortened.
    widths = natural
    parts = []
    var start = 0
    for end in columns.indices.map({ $0 + 1 }) {
      let room = parts.isEmpty ? width : width - Self.indentation.count
      if end - 1 > start, total(start..<end) > room {
        parts.append(start..<end - 1)
        start = end - 1
      }
    }
    parts.append(start..<columns.count)
    for (number, part) in parts.enumerated() {
      let room = max(1, number == 0 ? width : width - Self.indentation.count)
      for index in part { widths[index] = min(widths[index], room) }
    }
  }

  private func total(_ part: Range<Int>) -> Int { widths[part].reduce(0, +) + 2 * max(0, part.count - 1) }

  /// Takes from text, from its longest column first.
  private mutating func shorten(to width: Int) {
    while total(columns.indices) > width {
      let flexible = widths.indices.filter { columns[$0].alignment == .left && widths[$0] > smallest($0) }
      guard let longest = flexible.max(by: { widths[$0] < widths[$1] }) else { return }
      // Down to the next longest, so that none is starved while another is wide.
      let next = flexible.filter { $0 != longest }.map { widths[$0] }.max() ?? 0
      let excess = total(columns.indices) - width
      widths[longest] = max(smallest(longest), widths[longest] - excess, min(next, widths[longest]) - 1)
    }
  }

  private func smallest(_ index: Int) -> Int {
    let isWrapped = index == columns.count - 1
    return max(columns[index].title.count, isWrapped ? Self.smallestBeside : Self.smallest)
  }
}
