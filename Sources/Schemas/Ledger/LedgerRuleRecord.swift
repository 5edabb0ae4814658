/// A rule that a log has kept since this line: the first of a new log, or the first that was appended under the rule.
public struct LedgerRuleRecord: Record, Equatable {
  public static let schema = "codex.ledger_rule/1"

  /// What is promised.
  public enum Rule: String, Codable, Sendable {
    /// A head file stands beside the log and names its last acknowledged line.
    case head
  }

  public let rule: Rule
  /// Version of the rule.
  public let version: Int

  public init(rule: Rule, version: Int) {
    self.rule = rule
    self.version = version
  }

  /// The line with which a log begins to keep a head file.
  public static let head = LedgerRuleRecord(rule: .head, version: 1)
}
