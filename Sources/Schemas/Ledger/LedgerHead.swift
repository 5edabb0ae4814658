/// The last line of a ledger: pinning it makes a later cut visible, which the chain alone cannot show.
public struct LedgerHead: Codable, Sendable, Equatable {
  /// Number of the line, from 0.
  public let sequence: Int
  /// The line's own `sha`.
  public let digest: Digest

  enum CodingKeys: String, CodingKey {
    case sequence = "seq"
    case digest = "sha"
  }

  public init(sequence: Int, digest: Digest) {
    self.sequence = sequence
    self.digest = digest
  }
}
