/// Lines of another workspace's ledger that were taken over and follow this one: `codex metrics merge`.
public struct MergeRecord: Record, Equatable {
  public static let schema = "codex.merge/1"

  /// The last line that the other ledger had.
  public let sourceHead: LedgerHead
  /// The last line that both ledgers begin with.
  public let commonHead: LedgerHead
  /// Lines taken: those directly behind this one.
  public let lineCount: Int
  /// What runs may have pinned of the other ledger: its last line, and of those taken the last line of each batch.
  public let heads: [LedgerHead]
  public let codexVersion: String
  /// Seconds since 1970-01-01 UTC, from the caller's clock.
  public let recordedAt: Double

  enum CodingKeys: String, CodingKey {
    case heads
    case sourceHead = "source_head"
    case commonHead = "common_head"
    case lineCount = "lines"
    case codexVersion = "codex_version"
    case recordedAt = "recorded_at"
  }

  public init(
    sourceHead: LedgerHead, commonHead: LedgerHead, lineCount: Int, heads: [LedgerHead], codexVersion: String,
    recordedAt: Double
  ) {
    self.sourceHead = sourceHead
    self.commonHead = commonHead
    self.lineCount = lineCount
    self.heads = heads
    self.codexVersion = codexVersion
    self.recordedAt = recordedAt
  }
}
