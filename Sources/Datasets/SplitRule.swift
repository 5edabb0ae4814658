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
/// A problem's bucket is the first eight bytes of SHA-256(salt, newline, identity text), big-endian, modulo 20. Buckets
/// 0 and 1, one in ten, are never trained on: 0 is for validation, 1 for test. The identity text is the world's name, a
/// space and the canonical goal, so problems that differ only by an obvious symmetry share their bucket.
public struct SplitRule: Hashable, Sendable {
  /// Another salt holds out other problems.
  public let salt: String

  public static let bucketCount = 20
  public static let standard = SplitRule(salt: "codex-1")

  public init(salt: String) { self.salt = salt }

  /// The only split that a problem can belong to.
  public func split(of problem: Problem) -> Split { Self.split(ofBucket: bucket(of: problem)) }

  /// A problem's bucket, 0..<20.
  public func bucket(of problem: Problem) -> Int {
    let digest = Digest(of: salt + "\n" + problem.identityText)
    let hash = digest.bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
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
