/// A place in one line of Markdown, counted in bytes and in columns: a tab ends at the next multiple of four.
///
/// A tab may be consumed in part: the columns that are left of it still count as indentation (CommonMark 0.31, section
/// 2.2).
struct MarkdownCursor {
  private let line: ArraySlice<UInt8>
  private var position: Int
  private(set) var column = 0

  /// - Parameter line: Without its line ending.
  init(_ line: ArraySlice<UInt8>) {
    self.line = line
    position = line.startIndex
  }

  /// Columns of blanks and tabs from here to what follows them.
  var indent: Int { ahead.column - column }

  /// What follows the blanks and tabs from here, to the end of the line.
  var content: ArraySlice<UInt8> { line[ahead.position...] }

  /// Whether nothing but blanks and tabs follows.
  var isBlank: Bool { ahead.position == line.endIndex }

  /// Whether the next byte is a blank or a tab.
  var isAtSpace: Bool { position < line.endIndex && line[position].isMarkdownSpace }

  /// Moves over at most `count` columns.
  mutating func advance(columns count: Int) {
    var left = count
    while left > 0, position < line.endIndex {
      let width = Self.width(of: line[position], at: column)
      column += min(left, width)
      if left >= width { position += 1 }
      left -= width
    }
  }

  /// Moves to what follows the blanks and tabs.
  mutating func skipSpaces() { (position, column) = ahead }

  private var ahead: (position: Int, column: Int) {
    var end = (position: position, column: column)
    while end.position < line.endIndex, line[end.position].isMarkdownSpace {
      end.column += Self.width(of: line[end.position], at: end.column)
      end.position += 1
    }
    return end
  }

  private static func width(of byte: UInt8, at column: Int) -> Int {
    byte == UInt8(ascii: "\t") ? 4 - column % 4 : 1
  }
}

extension UInt8 {
  /// A blank or a tab.
  var isMarkdownSpace: Bool { self == 0x20 || self == 0x09 }

  var isASCIIDigit: Bool { (0x30...0x39).contains(self) }

  var isASCIILetter: Bool { (0x61...0x7A).contains(self | 0x20) }
}

extension ArraySlice<UInt8> {
  /// Without blanks and tabs at its end.
  var droppingTrailingSpaces: ArraySlice<UInt8> {
    self[..<((lastIndex { !$0.isMarkdownSpace }).map { $0 + 1 } ?? startIndex)]
  }
}
