/// The last line of a log that was acknowledged: what the file `<log>.head` beside the log holds.
public struct LedgerHeadRecord: Record, Equatable {
  public static let schema = "codex.ledger_head/1"

  /// Number of the line, from 0; absent before the log's first line.
  public let sequence: Int?
  /// The line's own `sha`; absent before the log's first line.
  public let digest: Digest?
  /// Bytes of the log up to the end of that line.
  public let byteCount: Int
  /// Number of the line that says that this file exists (`LedgerRuleRecord`); absent before it was written.
  public let ruleSequence: Int?

  enum CodingKeys: String, CodingKey {
    case sequence = "seq"
    case digest = "sha"
    case byteCount = "byte_count"
    case ruleSequence = "rule_seq"
  }

  /// - Parameter head: The line; nil before the first.
  public init(_ head: LedgerHead?, byteCount: Int, ruleSequence: Int?) {
    sequence = head?.sequence
    digest = head?.digest
    self.byteCount = byteCount
    self.ruleSequence = ruleSequence
  }

  /// The line; nil before the first.
  public var head: LedgerHead? {
    guard let sequence, let digest else { return nil }
    return LedgerHead(sequence: sequence, digest: digest)
  }
}
