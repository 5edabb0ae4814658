import Plans
import Schemas
import Storage
import Worlds

/// The parts of a dataset.
public enum Split: String, CaseIterable, Codable, Hashable, Sendable {
  case train, validation, test

  /// Its file, where it has a single one.
  var fileName: String { rawValue + ".ndjson" }
}

/// Decides by hash which split a problem can belong to, so that splits are disjoint by construction.
///
/// A problem's bucket is the first eight bytes of SHA-256(salt, newline, text), big-endian, modulo 20. Buckets 0 and 1,
/// one in ten, are never trained on: 0 is for validation, 1 for test.
///
/// - Rule 1: the text is the world's name, a space and the canonical goal, so problems that differ only by an obvious
///   symmetry share their bucket.
/// - Rule 2 (salts that end in `@2`): the text is `Problem.exchangeText`, so problems that differ by exchanged operands
///   share theirs, 37+56+16 and 37+16+56; and what rule 1 holds out under the same name is never trained on either, so
///   benchmarks that were made under it stay held out.
public struct SplitRule: Hashable, Sendable {
  /// Another salt holds out other problems; its end names the version of the rule.
  public let salt: String
  private let parsed: SplitSalt

  public static let bucketCount = 20
  public static let standard = SplitRule(salt: "codex-1")

  /// - Precondition: The rule that `salt` names is known, `SplitSalt.isKnown`.
  public init(salt: String) {
    self.salt = salt
    parsed = SplitSalt(salt)
    precondition(parsed.isKnown, "a rule is known")
  }

  /// The only split that a problem can belong to; nil for one that rule 2 would train on and rule 1 holds out.
  public func split(of problem: Problem) -> Split? {
    let split = Self.split(ofBucket: bucket(of: problem))
    guard split == .train, parsed.rule > 1 else { return split }
    return SplitRule(salt: parsed.name).split(of: problem) == .train ? .train : nil
  }

  /// A problem's bucket, 0..<20.
  public func bucket(of problem: Problem) -> Int {
    let text = parsed.rule == 1 ? problem.identityText : problem.exchangeText
    let hash = Digest(of: salt + "\n" + text).bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Int(hash % UInt64(Self.bucketCount))
  }

  static func split(ofBucket bucket: Int) -> Split { bucket == 0 ? .validation : bucket == 1 ? .test : .train }

  /// The buckets of a split, ascending.
  static func buckets(of split: Split) -> [Int] { (0..<bucketCount).filter { Self.split(ofBucket: $0) == split } }
}

extension Problem {
  /// The digest of `identityText`: the `id` of examples.
  public var id: Digest { Digest(of: identityText) }
}
