/// What the text of a salt says: `codex-1` is the name `codex-1` under rule 1, `codex-1@2` the same name under rule 2.
///
/// The version is part of the text, so that two datasets of equal salts are split by equal rules.
public struct SplitSalt: Hashable, Sendable {
  /// Precedes the problem's identity text in the hash that decides its bucket.
  public let name: String
  /// Version of the rule; 1 unless the text ends in `@` and an integer above it.
  public let rule: Int

  /// The newest rule that this version of codex can follow.
  public static let newestRule = 2

  /// Reads any text.
  public init(_ text: String) {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    if parts.count > 1, let last = parts.last, let rule = Int(last), rule > 1, String(rule) == last {
      (name, self.rule) = (String(text.dropLast(last.count + 1)), rule)
    } else {
      (name, rule) = (text, 1)
    }
  }

  /// Whether this version of codex can follow the rule.
  public var isKnown: Bool { rule <= Self.newestRule }
}
