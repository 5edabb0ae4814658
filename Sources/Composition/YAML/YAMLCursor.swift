/// A place in the bytes of a YAML text, and what every part of the grammar asks about it.
///
/// The byte behind the last one is 0, which no text contains (`YAMLReader` refuses control characters).
struct YAMLCursor {
  let bytes: [UInt8]
  let file: String
  var position = 0
  private(set) var line = 1
  private(set) var lineStart = 0
  /// The last position whose column was asked for, and that column: counting goes on from there, so that all columns
  /// of a long line together cost no more than the line.
  private var counted = (position: 0, column: 1)

  init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {  // a byte order mark
      (position, lineStart, counted) = (3, 3, (3, 1))
    }
  }

  // MARK: Looking

  func byte(at position: Int) -> UInt8 { position < bytes.count ? bytes[position] : 0 }

  var current: UInt8 { byte(at: position) }

  var isAtEnd: Bool { position >= bytes.count }

  func isAt(_ mark: Unicode.Scalar) -> Bool { current == UInt8(ascii: mark) }

  /// Whether `mark` stands here as an indicator: a space, a line's end or the text's end follows.
  func isAtIndicator(_ mark: Unicode.Scalar) -> Bool { isAt(mark) && byte(at: position + 1).isYAMLSpace }

  /// Whether the rest of the line is empty or a comment.
  var isAtLineEnd: Bool { isAtEnd || current.isYAMLBreak || isAtComment }

  /// A comment starts its line or follows a blank.
  var isAtComment: Bool { isAt("#") && (position == lineStart || byte(at: position - 1).isYAMLBlank) }

  /// Bytes before this one in its line.
  var column: Int { position - lineStart }

  /// Spaces that start the line.
  var indent: Int { (bytes[lineStart...].firstIndex { $0 != UInt8(ascii: " ") } ?? bytes.count) - lineStart }

  /// Whether `mark` (`---` or `...`) starts this line, or either if it is nil.
  func isAtDocumentMark(_ mark: StaticString? = nil) -> Bool {
    guard column == 0, byte(at: position + 3).isYAMLSpace, isAt("-") || isAt(".") else { return false }
    guard byte(at: position + 1) == current, byte(at: position + 2) == current else { return false }
    return mark.map { $0.utf8Start.pointee == current } ?? true
  }

  /// Where this is, for people.
  mutating func origin() -> Origin {
    if counted.position < lineStart || counted.position > position { counted = (lineStart, 1) }
    for byte in bytes[counted.position..<position] where byte & 0xC0 != 0x80 { counted.column += 1 }
    counted.position = position
    return .file(path: file, line: line, column: counted.column)
  }

  // MARK: Moving

  mutating func skipBlanks() {
    while current.isYAMLBlank { position += 1 }
  }

  mutating func skipSpaces() {
    while isAt(" ") { position += 1 }
  }

  mutating func skipLine() {
    while !isAtEnd, !current.isYAMLBreak { position += 1 }
  }

  /// Goes to the next line; requires a line's end here.
  mutating func takeBreak() {
    position += current == UInt8(ascii: "\r") && byte(at: position + 1) == UInt8(ascii: "\n") ? 2 : 1
    line += 1
    lineStart = position
  }

  /// Takes the line's end here and the empty lines after it, up to the next text, and returns how many ends that were.
  mutating func takeBreaks() -> Int {
    var count = 0
    while current.isYAMLBreak {
      takeBreak()
      skipBlanks()
      count += 1
    }
    return count
  }

  /// Skips blanks, comments and line ends, and returns whether a line ended.
  @discardableResult mutating func skipToContent() -> Bool {
    let start = line
    while true {
      skipBlanks()
      if isAtComment { skipLine() }
      guard current.isYAMLBreak else { return line > start }
      takeBreak()
    }
  }

  // MARK: Errors

  /// An error here. `problem` ends with what to do.
  mutating func error(_ problem: String) -> ConfigError { .unreadableYAML(origin: origin(), problem: problem) }
}

extension UInt8 {
  var isYAMLBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }

  var isYAMLBreak: Bool { self == UInt8(ascii: "\n") || self == UInt8(ascii: "\r") }

  /// A blank, a line's end, or the 0 behind the text.
  var isYAMLSpace: Bool { isYAMLBlank || isYAMLBreak || self == 0 }

  /// What ends a value in a flow collection.
  var isYAMLFlowEnd: Bool { isYAMLFlowMark && self != UInt8(ascii: "[") && self != UInt8(ascii: "{") }

  /// What structures a flow collection, and cannot be part of unquoted text in one.
  var isYAMLFlowMark: Bool {
    switch Unicode.Scalar(self) {
    case "[", "]", "{", "}", ",": true
    default: false
    }
  }
}
