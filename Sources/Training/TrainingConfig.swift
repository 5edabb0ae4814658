import Composition
import Runs
import Storage
import Tensors

/// Settings of one training run, under TRL's and transformers' names. A value of this type is valid.
public struct TrainingConfig: Sendable {
  /// Cuts the curriculum short after so many optimizer steps; `nil` runs it to its end.
  public let maximumSteps: Int?
  /// Problems visited by one optimizer step: device batch × accumulation. Memory does not grow with it (`chunkRows`).
  public let batchSize: Int
  public let learningRate: Double
  public let minimumRateRatio: Double
  public let warmupSteps: Int
  public let optimizer: OptimizerSettings
  public let maximumGradientNorm: Double
  /// What is learnt from.
  public let signal: SignalSettings
  /// A run, or one of its checkpoints, whose weights the run begins with; `nil` draws them.
  public let initFrom: String?
  public let loggingSteps: Int
  public let saveSteps: Int
  /// Checkpoints kept beside those that end a phase; at least 2, so that one is always good.
  public let checkpointLimit: Int
  public let seed: UInt64
  /// What products multiply: bfloat16 where `training.bf16` is true. Weights, moments and sums stay single precision.
  public let format: ProductFormat
  /// Whether layers run forward again before they run backward, instead of keeping their activations.
  public let recomputes: Bool
  /// Rows of one forward and backward pass.
  public let chunkRows: Int
  /// What a run does that was interrupted and is started again.
  public let resume: ResumeStrategy
  /// Directory of the run's directory, below `runs/` in the workspace; names the variant of an ablation.
  public let outputDirectory: StoragePath
  /// Held-out problems whose plans are traced at the end of each phase.
  public let tracedProblems: Int

  public let rolloutRing: String
  public let owner: String
  public let evaluationPreset: String
  public let deploymentPreset: String

  public enum ResumeStrategy: String, CaseIterable, Sendable {
    /// Go on from the newest good checkpoint.
    case latest
    /// Refuse, so that nothing is continued unnoticed.
    case never
  }

  /// What `training.optim` may say.
  private enum OptimizerName: String, CaseIterable {
    case adamw, adafactor, muon
  }

  /// Sections of a template that this type answers for.
  public static let sections = ["training", "logging", "metadata", "evaluation", "deployment"]

  public init(_ resolved: ResolvedConfig) throws {
    var read = ConfigReader(resolved, sections: Self.sections)
    self.init(&read)
    try read.finish()
  }

  private init(_ read: inout ConfigReader) {
    maximumSteps = read.optionalInt("training.max_steps", in: 1...10_000_000)
    batchSize =
      read.int("training.per_device_train_batch_size", in: 1...65_536)
      * read.int("training.gradient_accumulation_steps", in: 1...4_096, default: 1)
    learningRate = read.float("training.learning_rate", in: 1e-8...1)
    _ = read.string("training.lr_scheduler_type", allowed: ["cosine"])
    minimumRateRatio = read.float("training.min_lr_ratio", in: 0...1)
    warmupSteps = read.int("training.warmup_steps", in: 0...1_000_000)
    optimizer = Self.optimizer(&read)
    maximumGradientNorm = read.float("training.max_grad_norm", in: 1e-6...1e6)
    signal = SignalSettings(&read)
    initFrom = read.optionalString("training.init_from")
    if let initFrom, initFrom.split(separator: "/").contains(Substring(RunCatalog.latestName)) {
      read.refuse("training.init_from", allowed: "a run's id or directory, or a checkpoint's; 'latest' changes")
    }
    loggingSteps = read.int("training.logging_steps", in: 1...1_000_000)
    saveSteps = read.int("training.save_steps", in: 1...1_000_000)
    checkpointLimit = read.int("training.save_total_limit", in: 2...10_000)
    seed = UInt64(read.int("training.seed", in: 0...Int.max))
    format = read.bool("training.bf16", default: false) ? .bfloat16 : .float32
    recomputes = read.bool("training.gradient_checkpointing", default: false)
    chunkRows = read.int("training.chunk_rows", in: 1...65_536, default: 1_024)
    resume = read.enumeration("training.resume")
    let output = read.string("training.output_dir")
    if let path = try? StoragePath(parsing: output), path.components.first?.text == "runs" {
      outputDirectory = path
    } else {
      outputDirectory = RunCatalog.standard
      read.refuse("training.output_dir", allowed: "a relative path below runs/, e.g. runs/train_loop")
    }
    let traces = read.bool("logging.reasoning_trace", default: true)
    let traced = read.int("logging.traced_problems", in: 0...10_000, default: 16)
    tracedProblems = traces ? traced : 0
    rolloutRing = read.string("metadata.rollout_ring", allowed: TemplateSummary.rings)
    owner = read.string("metadata.owner")
    evaluationPreset = read.string("evaluation.preset")
    deploymentPreset = read.string("deployment.preset")
  }

  private static func optimizer(_ read: inout ConfigReader) -> OptimizerSettings {
    let name: OptimizerName = read.enumeration("training.optim", default: .adamw)
    let weightDecay = Float(read.float("training.weight_decay", in: 0...10))
    let adamW = AdamWSettings(
      beta1: Float(read.float("training.adam_beta1", in: 0...0.9999)),
      beta2: Float(read.float("training.adam_beta2", in: 0...0.99999)),
      epsilon: Float(read.float("training.adam_epsilon", in: 1e-12...1e-2)), weightDecay: weightDecay)
    let momentum = Float(read.float("training.muon_momentum", in: 0...0.9999, default: 0.95))
    return switch name {
    case .adamw: .adamW(adamW)
    case .adafactor: .adafactor(AdafactorSettings(weightDecay: weightDecay))
    case .muon: .muon(MuonSettings(momentum: momentum, weightDecay: weightDecay), others: adamW)
    }
  }
}
