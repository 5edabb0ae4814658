/// Splits plan text into lexemes, one at a time, in one pass.
struct PlanLexer {
  struct Lexeme: Equatable {
    enum Kind: Equatable {
      case name
      case integer(Int)
      case leftParen, rightParen, leftBrace, rightBrace, comma, semicolon, arrow
      case end
    }
    let kind: Kind
    /// Bytes of the text.
    let range: Range<Int>
  }

  let bytes: [UInt8]
  private let limits: PlanTextLimits
  private var offset = 0

  init(_ text: String, limits: PlanTextLimits) {
    bytes = Array(text.utf8)
    self.limits = limits
  }

  /// Whether `text` is `[a-z][a-z0-9_]*` of at most 64 characters.
  static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, isLetter(first), text.utf8.count <= PlanTextLimits.standard.maximumNameLength
    else { return false }
    return text.utf8.allSatisfy(isNameByte)
  }

  /// The next lexeme; at the end of the text always `.end`.
  mutating func next() throws -> Lexeme {
    while offset < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[offset]) { offset += 1 }
    guard offset < bytes.count else { return Lexeme(kind: .end, range: offset..<offset) }
    let start = offset
    switch bytes[start] {
    case UInt8(ascii: "("): return single(.leftParen)
    case UInt8(ascii: ")"): return single(.rightParen)
    case UInt8(ascii: "{"): return single(.leftBrace)
    case UInt8(ascii: "}"): return single(.rightBrace)
    case UInt8(ascii: ","): return single(.comma)
    case UInt8(ascii: ";"): return single(.semicolon)
    case UInt8(ascii: "-"):
      if start + 1 < bytes.count, bytes[start + 1] == UInt8(ascii: ">") {
        offset = start + 2
        return Lexeme(kind: .arrow, range: start..<offset)
      }
      return try integer()
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return try integer()
    case let byte where Self.isLetter(byte): return try name()
    default: throw error(at: start, expected: "a name, an integer or one of ( ) { } , ; ->")
    }
  }

  func text(of lexeme: Lexeme) -> String { String(decoding: bytes[lexeme.range], as: UTF8.self) }

  func error(at offset: Int, expected: String) -> PlanError {
    .syntax(PlanSyntaxError(bytes: bytes, offset: offset, expected: expected))
  }

  private mutating func single(_ kind: Lexeme.Kind) -> Lexeme {
    offset += 1
    return Lexeme(kind: kind, range: offset - 1..<offset)
  }

  private mutating func name() throws -> Lexeme {
    let start = offset
    while offset < bytes.count, Self.isNameByte(bytes[offset]) { offset += 1 }
    guard offset - start <= limits.maximumNameLength else {
      throw error(at: start, expected: "a name of at most \(limits.maximumNameLength) characters")
    }
    return Lexeme(kind: .name, range: start..<offset)
  }

  private mutating func integer() throws -> Lexeme {
    let start = offset
    let isNegative = bytes[start] == UInt8(ascii: "-")
    if isNegative { offset += 1 }
    let first = offset
    var value = 0
    while offset < bytes.count, case let byte = bytes[offset], Self.isDigit(byte) {
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
      guard value <= PlanTerm.integerLimit else {
        throw error(at: start, expected: "an integer of magnitude at most \(PlanTerm.integerLimit)")
      }
      offset += 1
    }
    guard offset > first else { throw error(at: first, expected: "a digit or '>' after '-'") }
    guard bytes[first] != UInt8(ascii: "0") || (offset == first + 1 && !isNegative) else {
      throw error(at: start, expected: "an integer without leading zeros or '-0'")
    }
    return Lexeme(kind: .integer(isNegative ? -value : value), range: start..<offset)
  }

  private static func isLetter(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") }
  private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
  private static func isNameByte(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "_")
  }
}
