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

  /// Which of several measurements of one question is the evidence.
  public enum Counting: String, CaseIterable, Sendable {
    /// The first of the finished run, until somebody measures again and says why.
    case first
    /// The last: for what changes with the machine.
    case newest
  }

  /// Whether the question must have been declared before it was asked.
  public enum Declaration: String, CaseIterable, Sendable {
    case required, optional
  }

  /// What the run compared with must be: the judged run but for these keys.
  public struct ReferenceRule: Sendable, Equatable {
    /// Dotted keys of the run's configuration; at least one must differ. `training.output_dir` may differ too.
    public let differsOnlyIn: [String]
    /// Training seeds: each needs a finished pair. With more than one, the claim is about the template, not about a run.
    public let seeds: [UInt64]
  }

  public let id: String
  public let metric: MetricName
  /// What the measurement's identity must be, every field of it.
  public let identity: IdentityDemands
  /// `all`, a world, or `<world>/<level>`.
  public let group: String
  public let comparator: Comparator
  /// In the metric's unit.
  public let threshold: Double
  public let side: Side
  public let minimumCount: Int
  public let maximumAgeDays: Int
  public let counts: Counting
  public let declared: Declaration
  /// Present for paired metrics.
  public let reference: ReferenceRule?
}
