extension JSONScanner {
  /// Reads a string; the position is at its opening quote.
  mutating func string() throws -> String {
    position += 1
    let start = position
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        let text = try validated(UnsafeRawBufferPointer(rebasing: bytes[start..<position]), at: start)
        position += 1
        return text
      }
      if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
      guard byte >= 0x20 else { throw failure("an escaped control character") }
      position += 1
    }
    throw failure("'\"' that ends the string")
  }

  /// Goes on with a string that contains an escape; `start` is its first byte.
  private mutating func escapedString(from start: Int) throws -> String {
    var unescaped = Array(bytes[start..<position])
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        let text = try unescaped.withUnsafeBytes { try validated($0, at: start) }
        position += 1
        return text
      case UInt8(ascii: "\\"):
        position += 1
        unescaped.append(contentsOf: String(try escape()).utf8)
      case 0..<0x20: throw failure("an escaped control character")
      default:
        unescaped.append(byte)
        position += 1
      }
    }
    throw failure("'\"' that ends the string")
  }

  private func validated(_ utf8: UnsafeRawBufferPointer, at start: Int) throws -> String {
    guard let text = String(validating: utf8, as: UTF8.self) else {
      throw StorageError.malformed(
        path: "JSON", line: nil, offset: start, expected: "UTF-8", got: "bytes that encode no text")
    }
    return text
  }

  /// Reads what follows a backslash.
  private mutating func escape() throws -> Character {
    let byte = peek()
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
      position += 1
      return Character(Unicode.Scalar(byte))
    case UInt8(ascii: "b"): return simple("\u{08}")
    case UInt8(ascii: "f"): return simple("\u{0C}")
    case UInt8(ascii: "n"): return simple("\n")
    case UInt8(ascii: "r"): return simple("\r")
    case UInt8(ascii: "t"): return simple("\t")
    case UInt8(ascii: "u"): return try unicodeEscape()
    default: throw failure("one of \" \\ / b f n r t u after '\\'")
    }
  }

  private mutating func simple(_ character: Character) -> Character {
    position += 1
    return character
  }

  /// Reads `uXXXX`, and the second half of a surrogate pair.
  private mutating func unicodeEscape() throws -> Character {
    let start = position
    let unit = try codeUnit()
    if let scalar = Unicode.Scalar(unit) { return Character(scalar) }
    if UTF16.isLeadSurrogate(unit), peek() == UInt8(ascii: "\\") {
      position += 1
      if peek() == UInt8(ascii: "u") {
        let second = try codeUnit()
        if UTF16.isTrailSurrogate(second) {
          return Character(UTF16.decode(UTF16.EncodedScalar([unit, second])))
        }
      }
    }
    position = start
    throw failure("a pair of surrogates", got: "a lone surrogate")
  }

  /// Reads `u` and four hexadecimal digits.
  private mutating func codeUnit() throws -> UInt16 {
    position += 1
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let digit = Self.hexadecimalDigit(peek()) else { throw failure("four hexadecimal digits") }
      unit = unit << 4 | digit
      position += 1
    }
    return unit
  }

  private static func hexadecimalDigit(_ byte: UInt8) -> UInt16? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A")) + 10
    default: nil
    }
  }
}
