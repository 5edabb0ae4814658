import Schemas

/// One record of the metrics ledger, of whichever tier.
public enum LedgerEntry: Sendable, Equatable {
  /// One answer.
  case item(ItemRecord)
  /// One measurement of one run.
  case metric(MetricRecord)
  /// A gate's verdict on a milestone.
  case verdict(VerdictRecord)
  /// A deployment that was made.
  case deployment(DeploymentRecord)
  /// A question that was declared before it was asked.
  case intention(IntentionRecord)
  /// A training that began or ended.
  case runEvent(RunEventRecord)
  /// Lines of another workspace's ledger that follow.
  case merge(MergeRecord)
}

extension LedgerEntry {
  /// Seconds since 1970-01-01 UTC; nil for answers, which have the instant of their measurement.
  public var recordedAt: Double? {
    switch self {
    case .item: nil
    case .metric(let record): record.recordedAt
    case .verdict(let record): record.recordedAt
    case .deployment(let record): record.recordedAt
    case .intention(let record): record.recordedAt
    case .runEvent(let record): record.recordedAt
    case .merge(let record): record.recordedAt
    }
  }
}
