import Schemas

/// A demand on one figure of the ledger. A value of this type is valid.
public struct MetricClause: Sendable, Equatable {
  /// How the figure is compared; equality holds in both.
  public enum Comparator: String, CaseIterable, Sendable {
    case atLeast = ">="
    case atMost = "<="
  }

  /// Which figure of the record is compared.
  public enum Side: String, CaseIterable, Sendable {
    case value
    /// The lower end of the 95 % interval.
    case lower
    /// The upper end of the 95 % interval.
    case upper
  }

  /// A benchmark that a run did not bring along: its preset's name and its content digest.
  public struct Benchmark: Sendable, Equatable {
    public let preset: String
    public let digest: Digest
  }

  /// What the run compared with must be: the judged run but for these keys.
  public struct ReferenceRule: Sendable, Equatable {
    /// Dotted keys of the run's configuration; at least one must differ. `training.output_dir` may differ too.
    public let differsOnlyIn: [String]
  }

  public let id: String
  public let metric: MetricName
  /// The templates whose runs may be judged by this clause.
  public let templates: [String]
  /// Nil for the dataset that the run was trained with.
  public let dataset: Benchmark?
  public let mode: String
  /// `all`, a world, or `<world>/<level>`.
  public let group: String
  public let comparator: Comparator
  /// In the metric's unit.
  public let threshold: Double
  public let side: Side
  public let minimumCount: Int
  public let maximumAgeDays: Int
  /// Present for paired metrics.
  public let reference: ReferenceRule?
}
