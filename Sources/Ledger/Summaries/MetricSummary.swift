import Schemas

/// A metric over the newest measurements, by group.
///
/// The figures are computed from the answers. Those of different modes or datasets are never pooled; those of several runs
/// are where the group says so, and an interval then takes every answer for an independent one.
public struct MetricSummary: Sendable {
  /// What the answers are pooled by.
  public enum Grouping: String, CaseIterable, Sendable {
    case run, world, level, category, mode, template
  }

  /// One figure.
  public struct Row: Sendable, Equatable {
    public let dataset: String
    public let mode: String
    public let group: String
    /// Answers behind it.
    public let count: Int
    /// In the metric's unit; nil for a quantile that falls among failures.
    public let value: Double?
    /// Ends of the 95 % interval; nil where there is none.
    public let lower: Double?
    public let upper: Double?
  }

  public let metric: MetricName
  /// By dataset, mode and group.
  public let rows: [Row]

  private struct Key: Hashable, Comparable {
    let dataset: String
    let pinned: String
    let mode: String
    let group: String
    let level: Int

    static func < (left: Key, right: Key) -> Bool {
      (left.dataset, left.pinned, left.mode, left.group, left.level)
        < (right.dataset, right.pinned, right.mode, right.group, right.level)
    }
  }

  /// - Parameters:
  ///   - runID: Only this run; nil is all.
  ///   - mode: Only this mode; nil is all.
  /// - Throws: `LedgerError.notMeasured`; `.unsuitable` for a win rate by anything but the run.
  public init(
    of metric: MetricName, in contents: LedgerContents, by grouping: Grouping, runID: String? = nil, mode: String? = nil
  ) throws {
    self.metric = metric
    let newest = NewestMeasurements(of: metric, in: contents, runID: runID, mode: mode)
    guard !newest.records.isEmpty else {
      throw LedgerError.notMeasured(metric: metric.rawValue, run: runID, mode: mode)
    }
    guard !metric.isPaired else {
      guard grouping == .run else {
        throw LedgerError.unsuitable(
          metric: metric.rawValue, use: "summarised by \(grouping.rawValue)",
          remedy: "It compares two runs: summarise it by run, or use 'codex metrics compare'.")
      }
      rows = newest.records.map(Self.recorded)
      return
    }
    var samples: [Key: [SampleRecord]] = [:]
    for record in newest.records {
      for sample in newest.samples(of: record) {
        samples[Self.key(grouping, record, sample), default: []].append(sample)
      }
    }
    rows = try samples.sorted { $0.key < $1.key }.map { key, samples in
      let figure = try RecomputedFigure(metric, over: samples)
      return Row(
        dataset: key.dataset, mode: key.mode, group: key.level == 0 ? key.group : "\(key.group)/\(key.level)",
        count: samples.count, value: figure.value, lower: figure.interval?.lower, upper: figure.interval?.upper)
    }
  }

  private static func key(_ grouping: Grouping, _ record: MetricRecord, _ sample: SampleRecord) -> Key {
    let group =
      switch grouping {
      case .run: record.identity.runID
      case .template: record.identity.template
      case .mode: sample.mode
      case .world, .level: sample.world
      case .category: "\(sample.world)/\(sample.category)"
      }
    return Key(
      dataset: record.identity.dataset, pinned: record.identity[.dataset] ?? "", mode: sample.mode,
      group: group,
      level: grouping == .level ? sample.level : 0)
  }

  private static func recorded(_ record: MetricRecord) -> Row {
    Row(
      dataset: record.identity.dataset, mode: record.mode,
      group: record.identity.runID + (record.reference.map { " over \($0.runID)" } ?? ""), count: record.count,
      value: record.value, lower: record.lower, upper: record.upper)
  }
}
