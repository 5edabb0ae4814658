import Schemas
import Storage

extension LedgerEntry {
  /// The record, for writing.
  public var record: any Record {
    switch self {
    case .item(let record): record
    case .metric(let record): record
    case .verdict(let record): record
    case .deployment(let record): record
    case .rollout(let record): record
    case .intention(let record): record
    case .runEvent(let record): record
    case .rule(let record): record
    case .merge(let record): record
    }
  }

  /// Reads a line of the ledger by its schema.
  ///
  /// - Throws: `StorageError.mismatch` for a schema or version that no tier has, and for records that do not fit theirs.
  public init(_ line: ChainedLine) throws {
    switch line.schema {
    case ItemRecord.schema: self = .item(try line.record(ItemRecord.self))
    case MetricRecord.schema: self = .metric(try line.record(MetricRecord.self))
    case MetricRecordV1.schema: self = .metric(try line.record(MetricRecordV1.self).upgraded)
    case VerdictRecord.schema: self = .verdict(try line.record(VerdictRecord.self))
    case DeploymentRecord.schema: self = .deployment(try line.record(DeploymentRecord.self))
    case RolloutRecord.schema: self = .rollout(try line.record(RolloutRecord.self))
    case IntentionRecord.schema: self = .intention(try line.record(IntentionRecord.self))
    case RunEventRecord.schema: self = .runEvent(try line.record(RunEventRecord.self))
    case LedgerRuleRecord.schema: self = .rule(try line.record(LedgerRuleRecord.self))
    case MergeRecord.schema: self = .merge(try line.record(MergeRecord.self))
    default:
      throw StorageError.mismatch(
        path: line.path, line: line.line, key: "schema", expected: "one of \(Self.schemas.joined(separator: ", "))",
        got: "\"\(line.schema.unicodeScalars.prefix(80).map { $0.escaped(asASCII: true) }.joined())\"", fault: .schema)
    }
  }

  /// The schemas of all tiers, and that of rules.
  public static let schemas = [
    ItemRecord.schema, MetricRecord.schema, MetricRecordV1.schema, VerdictRecord.schema, DeploymentRecord.schema,
    RolloutRecord.schema, IntentionRecord.schema, RunEventRecord.schema, MergeRecord.schema, LedgerRuleRecord.schema,
  ]
}
