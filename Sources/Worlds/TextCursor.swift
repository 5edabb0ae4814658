/// Reads the short texts of problems character by character and knows the column for errors.
///
/// Signs that people and their keyboards write for others are read as those: `×`, `÷`, `−`, digits of full width, spaces that
/// do not break.
struct TextCursor {
  let world: WorldKind
  let text: String
  private let scalars: [Unicode.Scalar]
  /// What each scalar is read as; 0 for what no problem has.
  private let bytes: [UInt8]
  private(set) var index = 0

  /// - Throws: `WorldError.tooLong`.
  init(_ text: String, world: WorldKind) throws {
    let length = text.utf8.count
    guard length <= Problem.maximumTextLength else {
      throw WorldError.tooLong(world: world, length: length, limit: Problem.maximumTextLength)
    }
    self.world = world
    self.text = text
    scalars = Array(text.unicodeScalars)
    bytes = scalars.map(Self.reading)
  }

  private static func reading(_ scalar: Unicode.Scalar) -> UInt8 {
    switch scalar.value {
    case 0x20..<0x7F: UInt8(scalar.value)
    case 0x09, 0xA0, 0x2009, 0x202F, 0x3000: UInt8(ascii: " ")
    case 0xD7, 0x22C5, 0x2217: UInt8(ascii: "*")
    case 0xF7, 0x2215, 0x2044: UInt8(ascii: "/")
    case 0x2212, 0x2013, 0x2010, 0x2011: UInt8(ascii: "-")
    // The ASCII characters in full width.
    case 0xFF01...0xFF5E: UInt8(scalar.value - 0xFF01 + 0x21)
    default: 0
    }
  }

  /// Counted from 1.
  var column: Int { index + 1 }

  /// The next byte that is no space, or `nil` at the end.
  mutating func peek() -> UInt8? {
    while index < bytes.count, bytes[index] == UInt8(ascii: " ") { index += 1 }
    return index < bytes.count ? bytes[index] : nil
  }

  /// Steps over `byte` if it comes next.
  mutating func take(_ byte: UInt8) -> Bool {
    guard peek() == byte else { return false }
    index += 1
    return true
  }

  /// Steps over a whole word.
  mutating func expect(word: String) throws {
    _ = peek()
    let end = index + word.utf8.count
    guard end <= bytes.count, bytes[index..<end].elementsEqual(word.utf8) else { throw unexpected("'\(word)'") }
    index = end
  }

  /// A decimal number of at most nine digits without leading zeros.
  mutating func number() throws -> Int {
    guard let first = peek(), Self.isDigit(first) else { throw unexpected("a number") }
    let start = index
    var value = 0
    while index < bytes.count, Self.isDigit(bytes[index]) {
      value = value * 10 + Int(bytes[index] - UInt8(ascii: "0"))
      index += 1
      if index - start > 9 { throw unexpected("a number of at most 9 digits", at: start) }
    }
    if index - start > 1, first == UInt8(ascii: "0") { throw unexpected("a number without leading zeros", at: start) }
    return value
  }

  /// - Parameter others: What else might have stood there.
  mutating func expectEnd(or others: String) throws {
    if peek() != nil { throw unexpected("\(others) or the end") }
  }

  /// The error for what comes next.
  func unexpected(_ expected: String, at position: Int? = nil) -> WorldError {
    let position = position ?? index
    var got = "the end"
    if position < bytes.count {
      let scalar = scalars[position]
      got =
        scalar.isShown
        ? "'\(Character(scalar))'" : "the character U+\(String(scalar.value, radix: 16, uppercase: true))"
    }
    return .unreadable(world: world, text: text, column: position + 1, expected: expected, got: got)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}

extension Unicode.Scalar {
  /// Whether it shows as one character in a line, and steers no terminal.
  var isShown: Bool {
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
    case .nonspacingMark, .enclosingMark, .spacingMark: false
    default: true
    }
  }
}
