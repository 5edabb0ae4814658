/// A SHA-256 digest; its text form is `sha256:` and 64 lower-case hexadecimal digits.
///
/// Parsed once, where bytes enter; computed in `Storage`.
public struct Digest: Hashable, Sendable {
  public static let byteCount = 32
  static let prefix = "sha256:"

  // Four big-endian words: no allocation, and cheap to compare.
  private var words: (UInt64, UInt64, UInt64, UInt64)

  /// The digest whose bytes are `bytes`; nil unless there are exactly 32.
  public init?(bytes: some Sequence<UInt8>) {
    var collected: [UInt64] = [0, 0, 0, 0]
    var count = 0
    for byte in bytes {
      guard count < Self.byteCount else { return nil }
      collected[count / 8] = collected[count / 8] << 8 | UInt64(byte)
      count += 1
    }
    guard count == Self.byteCount else { return nil }
    words = (collected[0], collected[1], collected[2], collected[3])
  }

  /// Reads the text form; upper-case digits, other prefixes and surrounding space are refused.
  public init(parsing text: String) throws {
    let refusal = NameError(kind: "digest", text: text, rule: "'sha256:' and 64 lower-case hexadecimal digits")
    let utf8 = Array(text.utf8)
    guard utf8.count == Self.prefix.utf8.count + 2 * Self.byteCount, utf8.starts(with: Self.prefix.utf8) else {
      throw refusal
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.byteCount)
    for position in stride(from: Self.prefix.utf8.count, to: utf8.count, by: 2) {
      guard let high = Self.nibble(utf8[position]), let low = Self.nibble(utf8[position + 1]) else { throw refusal }
      bytes.append(high << 4 | low)
    }
    guard let digest = Digest(bytes: bytes) else { throw refusal }
    self = digest
  }

  /// The 32 bytes, in the order of the hexadecimal digits.
  public var bytes: [UInt8] {
    [words.0, words.1, words.2, words.3].flatMap { word in
      stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> UInt64($0)) }
    }
  }

  /// The 64 hexadecimal digits alone, as used in names of content-addressed files.
  public var hexadecimal: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  public static func == (left: Digest, right: Digest) -> Bool { left.words == right.words }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(words.0)
    hasher.combine(words.1)
    hasher.combine(words.2)
    hasher.combine(words.3)
  }

  private static func nibble(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}

extension Digest: CustomStringConvertible {
  /// The text form.
  public var description: String { Self.prefix + hexadecimal }
}

extension Digest: Comparable {
  public static func < (left: Digest, right: Digest) -> Bool { left.words < right.words }
}

extension Digest: Codable {
  public init(from decoder: any Decoder) throws {
    self = try decodeText(from: decoder) { try Digest(parsing: $0) }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
