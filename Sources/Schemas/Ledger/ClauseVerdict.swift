/// What a gate found about one clause.
public struct ClauseVerdict: Codable, Sendable, Equatable {
  /// The clause's id in the gates' configuration.
  public let clause: String
  public let passed: Bool
  /// `ok`, or why not, as one word of docs/reference/gates.md.
  public let reason: String
  /// The same as a sentence, with figures and remedy.
  public let message: String
  /// The metric asked for.
  public let metric: String?
  /// The figure that was compared: the side of the interval that the clause names.
  public let value: Double?
  /// `>=` or `<=`.
  public let comparator: String?
  public let threshold: Double?
  /// Items behind the figure.
  public let count: Int?
  /// The ledger line that decided.
  public let evidence: LedgerHead?

  enum CodingKeys: String, CodingKey {
    case clause, passed, reason, message, metric, value, comparator, threshold, evidence
    case count = "n"
  }

  public init(
    clause: String, passed: Bool, reason: String, message: String, metric: String?, value: Double?, comparator: String?,
    threshold: Double?, count: Int?, evidence: LedgerHead?
  ) {
    self.clause = clause
    self.passed = passed
    self.reason = reason
    self.message = message
    self.metric = metric
    self.value = value
    self.comparator = comparator
    self.threshold = threshold
    self.count = count
    self.evidence = evidence
  }
}
