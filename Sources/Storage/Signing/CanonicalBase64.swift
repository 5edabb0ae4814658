/// Base64 of RFC 4648, section 4, in its one canonical spelling: standard alphabet, padded, unused bits zero.
///
/// A second spelling of the same bytes would be a second file with the same meaning, so it is refused.
package enum CanonicalBase64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let padding = UInt8(ascii: "=")
  /// The six bits of each character; 255 for every other byte.
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 255, count: 256)
    for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
    return values
  }()

  package static func text(of bytes: [UInt8]) -> String {
    var output: [UInt8] = []
    output.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var bits = group.reduce(0) { $0 << 8 | UInt32($1) }
      bits <<= 8 * UInt32(3 - group.count)
      for index in 0..<4 {
        let value = Int(bits >> UInt32(18 - 6 * index) & 63)
        output.append(index <= group.count ? alphabet[value] : padding)
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// The bytes that `text` spells; nil unless it is their canonical spelling.
  package static func bytes(of text: String) -> [UInt8]? {
    let characters = Array(text.utf8)
    guard characters.count.isMultiple(of: 4) else { return nil }
    let paddingCount = characters.reversed().prefix { $0 == padding }.count
    guard paddingCount <= 2 else { return nil }
    var output: [UInt8] = []
    output.reserveCapacity(characters.count / 4 * 3)
    var bits: UInt32 = 0
    for (index, character) in characters.dropLast(paddingCount).enumerated() {
      let value = values[Int(character)]
      guard value < 64 else { return nil }
      bits = bits << 6 | UInt32(value)
      if index % 4 == 3 {
        output += [UInt8(truncatingIfNeeded: bits >> 16), UInt8(truncatingIfNeeded: bits >> 8)]
        output.append(UInt8(truncatingIfNeeded: bits))
        bits = 0
      }
    }
    switch paddingCount {
    case 1:
      guard bits & 0b11 == 0 else { return nil }
      return output + [UInt8(truncatingIfNeeded: bits >> 10), UInt8(truncatingIfNeeded: bits >> 2)]
    case 2:
      guard bits & 0b1111 == 0 else { return nil }
      return output + [UInt8(truncatingIfNeeded: bits >> 4)]
    default: return output
    }
  }
}
