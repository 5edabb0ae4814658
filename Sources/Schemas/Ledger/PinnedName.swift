/// A name and the digest of what it stands for: `curriculum@sha256:…`.
public struct PinnedName: Hashable, Sendable, CustomStringConvertible {
  public let name: String
  public let digest: Digest

  public init(_ name: String, _ digest: Digest) {
    self.name = name
    self.digest = digest
  }

  /// Nil unless `text` is a name, `@` and a digest.
  public init?(_ text: String) {
    guard let at = text.lastIndex(of: "@"), at != text.startIndex,
      let digest = try? Digest(parsing: String(text[text.index(after: at)...]))
    else { return nil }
    self.init(String(text[..<at]), digest)
  }

  public var description: String { "\(name)@\(digest)" }

  /// The part of `text` before its last `@`; all of it without one.
  public static func name(in text: String) -> String { text.lastIndex(of: "@").map { String(text[..<$0]) } ?? text }
}
