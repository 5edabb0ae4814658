/// What a composed template says about itself, in the terms of people who choose one. A value of this type is valid.
///
/// Reads only what `explain` and `list` show; the sections' own readers (`TrainingConfig`, …) judge the rest.
public struct TemplateSummary: Sendable, Equatable {
  /// One phase of `curriculum.phase_schedule`.
  public struct Phase: Sendable, Equatable {
    /// How long a phase is.
    public enum Length: Sendable, Equatable {
      case steps(Int)
      case epochs(Int)
    }

    public let id: String
    public let dataset: String
    public let length: Length
    public let metrics: [String]
  }

  /// The top-level sections that a template may have.
  public static let sections = [
    "description", "model", "dataset", "search", "training", "curriculum", "logging", "metadata", "evaluation",
    "deployment",
  ]

  public let description: String
  public let phases: [Phase]
  /// Whether the phases' visits are permuted in time.
  public let isShuffled: Bool
  public let worlds: [String]
  public let style: String
  public let model: ModelSize
  public let maximumSteps: Int?
  public let problemsPerStep: Int
  public let valueLossWeight: Double
  public let searchMode: String
  public let searchBudget: Int
  /// A config in `configs/evaluation/`.
  public let evaluationPreset: String
  /// A config in `configs/deploy/`.
  public let deploymentPreset: String
  public let owner: String
  public let rolloutRing: String

  /// - Throws: `ConfigError` with all problems.
  public init(_ resolved: ResolvedConfig) throws {
    try resolved.requireSections(Self.sections)
    var read = ConfigReader(resolved, sections: [])
    description = read.string("description")
    phases = read.each("curriculum.phase_schedule", Self.phase)
    isShuffled = read.bool("curriculum.shuffled", default: false)
    worlds = read.strings("dataset.worlds")
    style = read.string("dataset.style")
    model = read.nested("model", ModelSize.init)
    maximumSteps = read.optionalInt("training.max_steps", in: 1...1_000_000_000)
    problemsPerStep =
      read.int("training.per_device_train_batch_size", in: 1...65_536)
      * read.int("training.gradient_accumulation_steps", in: 1...4_096)
    valueLossWeight = read.float("training.value_loss_weight", in: 0...1_000)
    searchMode = read.string("search.mode")
    searchBudget = read.int("search.budget", in: 1...1_000_000_000)
    evaluationPreset = read.string("evaluation.preset")
    deploymentPreset = read.string("deployment.preset")
    owner = read.string("metadata.owner")
    rolloutRing = read.string("metadata.rollout_ring", allowed: Self.rings)
    try read.finish()
  }

  /// Rings a run may be promoted to, in ascending order.
  public static let rings = ["0A_base_", "0B_base_", "0C_base_", "0D_base_", "main"]

  private static func phase(_ read: inout ConfigReader) -> Phase {
    let id = read.string("id")
    let steps = read.optionalInt("steps", in: 1...1_000_000_000)
    let epochs = read.optionalInt("epochs", in: 1...1_000_000)
    if (steps == nil) == (epochs == nil) { read.refuse("id", allowed: "a phase with either steps or epochs") }
    let phase = Phase(
      id: id, dataset: read.string("dataset"), length: steps.map { .steps($0) } ?? .epochs(epochs ?? 1),
      metrics: read.strings("metrics", default: []))
    return phase
  }
}
