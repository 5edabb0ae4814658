/// How a dataset is divided, and why its splits cannot overlap: `split_manifest.json`.
public struct SplitManifestRecord: Record, Hashable {
  public static let schema = "codex.split_manifest/1"

  /// Precedes the problem's identity text in the hash that decides its bucket.
  public let salt: String
  /// Buckets in all; the hash modulo this is a problem's bucket.
  public let bucketCount: Int
  /// In the order train, validation, test. No bucket belongs to two of them.
  public let splits: [Split]

  /// One split.
  public struct Split: Codable, Hashable, Sendable {
    public let name: String
    /// Ascending; every problem of the split has one of these, and no problem of another split has.
    public let buckets: [Int]
    public let count: Int
    /// Paths of its files, in reading order.
    public let files: [String]
    /// Digest of the examples' ids (text form, one a line), sorted: equal for equal sets of problems.
    public let idDigest: Digest

    public init(name: String, buckets: [Int], count: Int, files: [String], idDigest: Digest) {
      self.name = name
      self.buckets = buckets
      self.count = count
      self.files = files
      self.idDigest = idDigest
    }

    enum CodingKeys: String, CodingKey {
      case name, buckets, count, files
      case idDigest = "id_digest"
    }
  }

  /// Version of the rule by which problems fall into buckets, where the salt names no other; raised when one could fall
  /// into another.
  public static let ruleVersion = 1

  /// The version that this dataset was split by: part of its salt.
  public var rule: Int { SplitSalt(salt).rule }

  public init(salt: String, bucketCount: Int, splits: [Split]) {
    self.salt = salt
    self.bucketCount = bucketCount
    self.splits = splits
  }

  enum CodingKeys: String, CodingKey {
    case salt, splits
    case bucketCount = "bucket_count"
  }
}
