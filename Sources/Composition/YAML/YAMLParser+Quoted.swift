/// Quoted scalars, on one line or several.
extension YAMLParser {
  /// The text between the quotes here; later lines are indented more than `parent`.
  mutating func quoted(in parent: Int) throws -> String {
    var start = cursor
    let quote = cursor.current
    var text: [UInt8] = []
    /// Bytes of `text` that folding keeps, although they may be blanks.
    var kept = 0
    cursor.position += 1
    while true {
      let byte = cursor.current
      switch Unicode.Scalar(byte) {
      case "\"" where byte == quote:
        cursor.position += 1
        return String(decoding: text, as: UTF8.self)
      case "'" where byte == quote:
        cursor.position += 1
        guard cursor.isAt("'") else { return String(decoding: text, as: UTF8.self) }
        text.append(byte)
        cursor.position += 1
      case "\\" where quote == UInt8(ascii: "\""):
        try takeEscape(into: &text, in: parent)
        kept = text.count
      case "\n", "\r":
        while text.count > kept, text[text.count - 1].isYAMLBlank { text.removeLast() }
        let breaks = try takeQuotedBreaks(in: parent)
        text += breaks == 1 ? [UInt8(ascii: " ")] : Array(repeating: UInt8(ascii: "\n"), count: breaks - 1)
        kept = text.count
      case "\0": throw start.error("this quote is not closed; add the other one")
      default:
        text.append(byte)
        cursor.position += 1
      }
    }
  }

  private mutating func takeQuotedBreaks(in parent: Int) throws -> Int {
    let breaks = cursor.takeBreaks()
    guard cursor.isAtEnd || (cursor.indent > parent && !cursor.isAtDocumentMark()) else {
      throw cursor.error("this line goes on with a quoted value and is not indented; indent it more than the key")
    }
    return breaks
  }

  /// What a backslash and the characters behind it stand for; behind one, a line's end stands for nothing.
  private mutating func takeEscape(into text: inout [UInt8], in parent: Int) throws {
    cursor.position += 1
    if cursor.current.isYAMLBreak {
      text += Array(repeating: UInt8(ascii: "\n"), count: try takeQuotedBreaks(in: parent) - 1)
      return
    }
    let letter = Unicode.Scalar(cursor.current)
    let scalar: Unicode.Scalar
    switch letter {
    case "0": scalar = "\0"
    case "a": scalar = "\u{7}"
    case "b": scalar = "\u{8}"
    case "t", "\t": scalar = "\t"
    case "n": scalar = "\n"
    case "v": scalar = "\u{B}"
    case "f": scalar = "\u{C}"
    case "r": scalar = "\r"
    case "e": scalar = "\u{1B}"
    case " ", "\"", "/", "\\": scalar = letter
    case "N": scalar = "\u{85}"
    case "_": scalar = "\u{A0}"
    case "L": scalar = "\u{2028}"
    case "P": scalar = "\u{2029}"
    case "x": scalar = try takeCode(digits: 2)
    case "u": scalar = try takeCode(digits: 4)
    case "U": scalar = try takeCode(digits: 8)
    default: throw cursor.error("'\\\(letter)' is no escape; write '\\\\' for a backslash, or use single quotes")
    }
    cursor.position += 1
    text += Array(String(scalar).utf8)
  }

  /// The scalar whose hexadecimal code follows the letter here; the last digit is left to be taken.
  private mutating func takeCode(digits count: Int) throws -> Unicode.Scalar {
    let digits = cursor.bytes.dropFirst(cursor.position + 1).prefix(count)
    let text = String(decoding: digits, as: UTF8.self)
    guard digits.count == count, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let code = UInt32(text, radix: 16), let scalar = Unicode.Scalar(code)
    else { throw cursor.error("'\(text)' is no code of a character; write \(count) hexadecimal digits of one") }
    cursor.position += count
    return scalar
  }
}
