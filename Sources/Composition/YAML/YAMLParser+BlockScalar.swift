/// Block scalars: literal (`|`) and folded (`>`) texts of several lines.
extension YAMLParser {
  /// What is kept of the line ends behind the text.
  private enum Chomping { case strip, clip, keep }

  /// The text of the block scalar whose indicator stands here, in a collection at the column `parent`.
  mutating func blockScalar(in parent: Int) throws -> String {
    let isFolded = cursor.isAt(">")
    let (indentation, chomping) = try takeHeader()
    var text: [UInt8] = []
    var breaks: Int
    let indent: Int
    if let indentation {
      indent = max(parent, 0) + indentation
      breaks = takeEmptyLines(to: indent)
    } else {
      (indent, breaks) = try findIndent(in: parent)
    }
    var lineEnd = ""
    while cursor.column == indent, !cursor.isAtEnd, !cursor.isAtDocumentMark() {
      text += Array(repeating: UInt8(ascii: "\n"), count: breaks)
      let start = cursor.position
      let startsWithBlank = cursor.current.isYAMLBlank
      cursor.skipLine()
      text += cursor.bytes[start..<cursor.position]
      lineEnd = cursor.isAtEnd ? "" : "\n"
      if !cursor.isAtEnd { cursor.takeBreak() }
      breaks = takeEmptyLines(to: indent)
      guard cursor.column == indent, !cursor.isAtEnd, !cursor.isAtDocumentMark() else { break }
      // Lines that start with a blank keep the line ends around them.
      if isFolded, !startsWithBlank, !cursor.current.isYAMLBlank {
        if breaks == 0 { text.append(UInt8(ascii: " ")) }
      } else {
        text.append(UInt8(ascii: "\n"))
      }
    }
    if chomping != .strip { text += Array(lineEnd.utf8) }
    if chomping == .keep { text += Array(repeating: UInt8(ascii: "\n"), count: breaks) }
    return String(decoding: text, as: UTF8.self)
  }

  /// Takes `|` or `>`, its indicators and the rest of the line.
  private mutating func takeHeader() throws -> (indentation: Int?, chomping: Chomping) {
    var indentation: Int?
    var chomping: Chomping?
    cursor.position += 1
    while !cursor.current.isYAMLSpace, !cursor.isAt("#") {
      switch Unicode.Scalar(cursor.current) {
      case "1"..."9" where indentation == nil: indentation = Int(cursor.current - UInt8(ascii: "0"))
      case "-" where chomping == nil: chomping = .strip
      case "+" where chomping == nil: chomping = .keep
      default:
        throw cursor.error("behind '|' or '>' stand at most one of '+' and '-' and a digit from 1; quote other text")
      }
      cursor.position += 1
    }
    try requireLineEnd()
    cursor.skipLine()
    if !cursor.isAtEnd { cursor.takeBreak() }
    return (indentation, chomping ?? .clip)
  }

  /// The column of the first line that is not empty, if it is deeper than `parent`, and the empty lines before it.
  private mutating func findIndent(in parent: Int) throws -> (indent: Int, breaks: Int) {
    var breaks = 0, deepest = 0
    while true {
      cursor.skipSpaces()
      guard cursor.current.isYAMLBreak else { break }
      deepest = max(deepest, cursor.column)
      cursor.takeBreak()
      breaks += 1
    }
    let column = cursor.column
    guard !cursor.isAtEnd, column > parent, !cursor.isAtDocumentMark() else {
      return (max(parent + 1, deepest), breaks)
    }
    guard deepest <= column else {
      throw cursor.error("an empty line before has more spaces than this one; take them away")
    }
    return (column, breaks)
  }

  /// Takes lines of at most `indent` spaces, and the spaces of the first line that is longer.
  private mutating func takeEmptyLines(to indent: Int) -> Int {
    var breaks = 0
    while true {
      while cursor.column < indent, cursor.isAt(" ") { cursor.position += 1 }
      guard cursor.current.isYAMLBreak else { return breaks }
      cursor.takeBreak()
      breaks += 1
    }
  }
}
