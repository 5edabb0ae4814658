/// A name whose grammar was checked when it was made; paths and references are built from such names only.
public protocol CheckedName: Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
  /// What it names, for messages.
  static var kind: String { get }
  /// The grammar in words, for messages.
  static var rule: String { get }
  /// Whether `text` obeys the grammar.
  static func isAcceptable(_ text: String) -> Bool

  var text: String { get }

  /// Wraps `text`, which the caller has checked; use `init(parsing:)`.
  init(checked text: String)
}

extension CheckedName {
  /// Checks `text` against the grammar; never trims, decodes or normalises it. Throws `NameError`.
  public init(parsing text: String) throws {
    guard Self.isAcceptable(text) else { throw NameError(kind: Self.kind, text: text, rule: Self.rule) }
    self.init(checked: text)
  }

  public var description: String { text }

  public static func < (left: Self, right: Self) -> Bool { left.text < right.text }

  public init(from decoder: any Decoder) throws {
    self = try decodeText(from: decoder) { try Self(parsing: $0) }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

/// Reads one string and parses it; a refusal becomes a decoding error that keeps its sentence.
func decodeText<T>(from decoder: any Decoder, _ parse: (String) throws -> T) throws -> T {
  let container = try decoder.singleValueContainer()
  do { return try parse(container.decode(String.self)) } catch let refusal as NameError {
    throw DecodingError.dataCorruptedError(in: container, debugDescription: refusal.description)
  }
}

/// A text that does not obey the grammar of the name it should be.
public struct NameError: Error, Equatable, CustomStringConvertible {
  public let kind: String
  public let text: String
  public let rule: String

  public init(kind: String, text: String, rule: String) {
    self.kind = kind
    self.text = text
    self.rule = rule
  }

  public var description: String {
    let shown = text.unicodeScalars.prefix(80).map { $0.escaped(asASCII: true) }.joined()
    return
      "'\(shown)\(text.unicodeScalars.count > 80 ? "…" : "")' is no \(kind): expected \(rule). Choose another name."
  }
}

/// Whether `text` is 1 to `limit` ASCII letters, digits, `.`, `_`, `-`, starting with a letter or digit.
func isPlainName(_ text: some StringProtocol, limit: Int) -> Bool {
  var count = 0
  for byte in text.utf8 {
    count += 1
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      continue
    case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
      guard count > 1 else { return false }
    default: return false
    }
  }
  return count >= 1 && count <= limit
}
