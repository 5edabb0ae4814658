import Schemas
import Storage

/// A record of one tier and the line that holds it.
public struct LedgerRecord<R: Record>: Sendable {
  public let head: LedgerHead
  public let record: R

  public init(head: LedgerHead, record: R) {
    self.head = head
    self.record = record
  }
}

extension LedgerRecord: Equatable where R: Equatable {}

/// Everything in a ledger, strictly read: every line in order, and by tier.
public struct LedgerContents: Sendable {
  /// One line of the ledger.
  public struct Line: Sendable, Equatable {
    /// The line's number and digest.
    public let head: LedgerHead
    public let entry: LedgerEntry

    public init(head: LedgerHead, entry: LedgerEntry) {
      self.head = head
      self.entry = entry
    }
  }

  /// In the order written.
  public let lines: [Line]
  /// The run tier, in order.
  public let metrics: [LedgerRecord<MetricRecord>]
  /// The milestone tier, in order.
  public let verdicts: [LedgerRecord<VerdictRecord>]
  /// What was rendered, in order.
  public let deployments: [LedgerRecord<DeploymentRecord>]
  /// What became of renderings, in order.
  public let rollouts: [LedgerRecord<RolloutRecord>]
  /// What was declared, in order.
  public let intentions: [LedgerRecord<IntentionRecord>]
  /// Trainings that began and ended, in order.
  public let runEvents: [LedgerRecord<RunEventRecord>]
  /// What the head file says of the ledger.
  public let headState: HeadState
  /// What was taken from other workspaces' ledgers, in order.
  public let merges: [LedgerRecord<MergeRecord>]

  private let itemsByMeasurement: [String: [LedgerRecord<ItemRecord>]]
  private let digests: [Int: Digest]

  /// - Parameters:
  ///   - lines: In the order written; whoever makes them up answers for their heads.
  ///   - headState: What the head file says of them; without one, nothing.
  public init(lines: [Line], headState: HeadState = .noRule) {
    self.lines = lines
    self.headState = headState
    var metrics: [LedgerRecord<MetricRecord>] = []
    var verdicts: [LedgerRecord<VerdictRecord>] = []
    var deployments: [LedgerRecord<DeploymentRecord>] = []
    var rollouts: [LedgerRecord<RolloutRecord>] = []
    var intentions: [LedgerRecord<IntentionRecord>] = []
    var runEvents: [LedgerRecord<RunEventRecord>] = []
    var merges: [LedgerRecord<MergeRecord>] = []
    var items: [String: [LedgerRecord<ItemRecord>]] = [:]
    for line in lines {
      switch line.entry {
      case .item(let record): items[record.measurementID, default: []].append(.init(head: line.head, record: record))
      case .metric(let record): metrics.append(.init(head: line.head, record: record))
      case .verdict(let record): verdicts.append(.init(head: line.head, record: record))
      case .deployment(let record): deployments.append(.init(head: line.head, record: record))
      case .rollout(let record): rollouts.append(.init(head: line.head, record: record))
      case .intention(let record): intentions.append(.init(head: line.head, record: record))
      case .runEvent(let record): runEvents.append(.init(head: line.head, record: record))
      case .rule: break
      case .merge(let record): merges.append(.init(head: line.head, record: record))
      }
    }
    self.metrics = metrics
    self.verdicts = verdicts
    self.deployments = deployments
    self.rollouts = rollouts
    self.intentions = intentions
    self.runEvents = runEvents
    self.merges = merges
    itemsByMeasurement = items
    digests = Dictionary(lines.map { ($0.head.sequence, $0.head.digest) }, uniquingKeysWith: { first, _ in first })
  }

  /// Whether a line promises a head file.
  public var hasHeadRule: Bool {
    lines.contains { if case .rule(let record) = $0.entry { record.rule == .head } else { false } }
  }

  /// Whether there is a line that could be evidence.
  public var isEmpty: Bool { lines.allSatisfy { if case .rule = $0.entry { true } else { false } } }

  /// The last line; nil for an empty ledger.
  public var head: LedgerHead? { lines.last?.head }

  /// The answers of one measurement, in order; empty if there are none.
  public func items(of measurementID: String) -> [LedgerRecord<ItemRecord>] { itemsByMeasurement[measurementID] ?? [] }

  /// Whether the ledger has the line `pinned`, or took it from another ledger: if not, it was cut or rewritten since.
  public func reaches(_ pinned: LedgerHead) -> Bool {
    digests[pinned.sequence] == pinned.digest || mergedHeads.contains(pinned)
  }

  /// Lines that runs pinned in other ledgers, of every merge whose lines are all here.
  public var mergedHeads: [LedgerHead] {
    merges.filter { $0.head.sequence + $0.record.lineCount < lines.count }.flatMap(\.record.heads)
  }
}
