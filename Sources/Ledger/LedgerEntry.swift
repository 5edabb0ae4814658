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
  /// A rule that the ledger keeps; evidence of nothing.
  case rule(LedgerRuleRecord)
}
