import Schemas

/// A metric over the newest measurements, by group.
///
/// The figures are computed from the answers. Those of different runs, datasets, splits, modes, budgets or settings are
/// never pooled: each has rows of its own.
public struct MetricSummary: Sendable {
  /// What the answers of a measurement are pooled by.
  public enum Grouping: String, CaseIterable, Sendable {
    case run, world, level, category, mode, template
  }

  /// One figure.
  public struct Row: Sendable, Equatable {
    public let run: String
    public let dataset: String
    /// Empty where an older version did not record it, as are `budget` and `evaluation`.
    public let split: String
    public let mode: String
    public let budget: String
    /// The configuration that asked, without its digest.
    public let evaluation: String
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
  /// By dataset, split, mode, budget, run and group.
  public let rows: [Row]

  private struct Key: Hashable, Comparable {
    let question: Question
    let group: String
    let level: Int

    static func < (left: Key, right: Key) -> Bool {
      left.question == right.question
        ? (left.group, left.level) < (right.group, right.level) : left.question < right.question
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
        key.question, group: key.level == 0 ? key.group : "\(key.group)/\(key.level)", count: samples.count,
        value: figure.value, lower: figure.interval?.lower, upper: figure.interval?.upper)
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
    return Key(question: Question(record), group: group, level: grouping == .level ? sample.level : 0)
  }

  private static func recorded(_ record: MetricRecord) -> Row {
    Row(
      Question(record), group: record.identity.runID + (record.reference.map { " over \($0.runID)" } ?? ""),
      count: record.count, value: record.value, lower: record.lower, upper: record.upper)
  }
}

extension MetricSummary.Row {
  fileprivate init(_ question: Question, group: String, count: Int, value: Double?, lower: Double?, upper: Double?) {
    self.init(
      run: question.run, dataset: PinnedName.name(in: question.dataset), split: question.split, mode: question.mode,
      budget: question.budget, evaluation: PinnedName.name(in: question.evaluation), group: group, count: count,
      value: value, lower: lower, upper: upper)
  }
}
