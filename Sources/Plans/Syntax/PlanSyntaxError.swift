/// Where plan text stops being a plan, and what was expected there.
public struct PlanSyntaxError: Error, Hashable, Sendable {
  /// Bytes before the fault, from 0.
  public let offset: Int
  /// From 1; lines end in LF.
  public let line: Int
  /// From 1, in Unicode scalars.
  public let column: Int
  public let expected: String
  /// What stands there: a quoted word or character, or `end of text`.
  public let got: String
  /// At most 60 characters of the line around the fault.
  public let excerpt: String
  /// Characters before the caret under `excerpt`.
  public let caretIndent: Int

  init(bytes: [UInt8], offset: Int, expected: String, got: String? = nil) {
    self.offset = offset
    self.expected = expected
    line = 1 + bytes[..<offset].count { $0 == 0x0A }
    let start = bytes[..<offset].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let before = Self.printable(bytes[start..<offset].suffix(160))
    column = 1 + bytes[start..<offset].count { $0 & 0xC0 != 0x80 }
    let end = bytes[offset...].prefix(160).firstIndex(of: 0x0A) ?? min(offset + 160, bytes.count)
    let after = Self.printable(bytes[offset..<end])
    let head = before.suffix(30)
    caretIndent = head.count
    excerpt = String(String.UnicodeScalarView(head)) + String(String.UnicodeScalarView(after.prefix(30)))
    self.got = got ?? Self.describe(bytes, at: offset)
  }

  /// Control characters, which could rewrite a terminal, become `·`.
  private static func printable(_ bytes: ArraySlice<UInt8>) -> [Unicode.Scalar] {
    String(decoding: bytes, as: UTF8.self).unicodeScalars.map { isControl($0) ? "·" : $0 }
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }

  private static func describe(_ bytes: [UInt8], at offset: Int) -> String {
    guard offset < bytes.count else { return "end of text" }
    let rest = bytes[offset...].prefix(24)
    if rest.starts(with: "->".utf8) { return "'->'" }
    let sign = rest.prefix { $0 == UInt8(ascii: "-") }.prefix(1)
    let word = sign + rest.dropFirst(sign.count).prefix(while: isWordByte)
    if !word.isEmpty { return "'\(String(decoding: word, as: UTF8.self))'" }
    let scalar = String(decoding: bytes[offset...].prefix(4), as: UTF8.self).unicodeScalars.first ?? " "
    return isControl(scalar) ? "U+" + hex(scalar.value) : "'\(scalar)'"
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    byte >= 0x30 && byte <= 0x39 || byte >= 0x61 && byte <= 0x7A || byte == 0x5F
  }

  private static func hex(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

extension PlanSyntaxError: CustomStringConvertible {
  /// Position, expectation, the line and a caret under the fault.
  public var description: String {
    """
    plan:\(line):\(column): expected \(expected), got \(got)
      \(excerpt)
      \(String(repeating: " ", count: caretIndent))^
    """
  }
}
