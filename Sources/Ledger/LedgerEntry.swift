import Schemas

/// One record of the metrics ledger, of whichever tier.
public enum LedgerEntry: Sendable, Equatable {
  /// One answer.
  case item(ItemRecord)
  /// One measurement of one run.
  case metric(MetricRecord)
  /// A gate's verdict on a milestone.
  case verdict(VerdictRecord)
  /// A pod's manifest that was rendered.
  case deployment(DeploymentRecord)
  /// What became of a rendered manifest.
  case rollout(RolloutRecord)
  /// A question that was declared before it was asked.
  case intention(IntentionRecord)
  /// A training that began or ended.
  case runEvent(RunEventRecord)
  /// A rule that the ledger keeps; evidence of nothing.
  case rule(LedgerRuleRecord)
  /// Lines of another workspace's ledger that follow.
  case merge(MergeRecord)
}

extension LedgerEntry {
  /// Seconds since 1970-01-01 UTC; nil for answers, which have the instant of their measurement.
  public var recordedAt: Double? {
    switch self {
    case .item, .rule: nil
    case .metric(let record): record.recordedAt
    case .verdict(let record): record.recordedAt
    case .deployment(let record): record.recordedAt
    case .rollout(let record): record.recordedAt
    case .intention(let record): record.recordedAt
    case .runEvent(let record): record.recordedAt
    case .merge(let record): record.recordedAt
    }
  }
}
