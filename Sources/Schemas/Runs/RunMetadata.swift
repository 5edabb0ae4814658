/// What a run is, where it stands and what it left behind: `run_metadata.json`.
public struct RunMetadata: Record, Equatable {
  public static let schema = "codex.run_metadata/1"

  public enum Status: String, Codable, Sendable {
    case running, completed, failed
  }

  /// One phase: a curriculum's, or of its control the steps that the curriculum's phase would take.
  public struct Stage: Codable, Sendable, Equatable {
    public let id: String
    /// Examples in the phase's own pool; of a control, examples of all phases.
    public let exampleCount: Int
    /// Optimizer steps of the phase.
    public let steps: Int
    /// Step after the phase's last.
    public let endStep: Int
    /// Directory of the phase's checkpoint, relative to the run, once it exists.
    public var checkpoint: String?
    /// Mean loss over the phase's last logged steps.
    public var loss: Double?

    enum CodingKeys: String, CodingKey {
      case id, steps, checkpoint, loss
      case exampleCount = "example_count"
      case endStep = "end_step"
    }

    public init(id: String, exampleCount: Int, steps: Int, endStep: Int, checkpoint: String?, loss: Double?) {
      self.id = id
      self.exampleCount = exampleCount
      self.steps = steps
      self.endStep = endStep
      self.checkpoint = checkpoint
      self.loss = loss
    }
  }

  /// Measured speed of the training steps of the process that wrote this.
  public struct Performance: Codable, Sendable, Equatable {
    public let wallSeconds: Double
    public let tokensPerSecond: Double
    /// Model operations per second, in GFLOP/s (`ModelShape.trainingFlopsPerToken`).
    public let gigaflopsPerSecond: Double
    public let threads: Int
    /// The most memory that the process held at once, in bytes; `nil` where the system does not say.
    public let peakMemoryBytes: Int64?

    enum CodingKeys: String, CodingKey {
      case threads
      case peakMemoryBytes = "peak_memory_bytes"
      case wallSeconds = "wall_seconds"
      case tokensPerSecond = "tokens_per_second"
      case gigaflopsPerSecond = "gigaflops_per_second"
    }

    public init(
      wallSeconds: Double, tokensPerSecond: Double, gigaflopsPerSecond: Double, threads: Int, peakMemoryBytes: Int64?
    ) {
      self.peakMemoryBytes = peakMemoryBytes
      self.wallSeconds = wallSeconds
      self.tokensPerSecond = tokensPerSecond
      self.gigaflopsPerSecond = gigaflopsPerSecond
      self.threads = threads
    }
  }

  /// Weights of an earlier run that this one began with.
  public struct Origin: Codable, Sendable, Equatable {
    /// Directory of the checkpoint, relative to the workspace.
    public let checkpoint: String
    public let weightsDigest: Digest

    enum CodingKeys: String, CodingKey {
      case checkpoint
      case weightsDigest = "weights_digest"
    }

    public init(checkpoint: String, weightsDigest: Digest) {
      self.checkpoint = checkpoint
      self.weightsDigest = weightsDigest
    }
  }

  public let runID: String
  public let template: String
  public var status: Status
  /// Seconds since 1970-01-01 UTC.
  public let startedAt: Double
  public var updatedAt: Double
  public let codexVersion: String
  public let configDigest: Digest
  public let datasetDigest: Digest
  /// Directory of the dataset, relative to the workspace.
  public let dataset: String
  public let seed: UInt64
  /// The worlds of the problems that it was trained on.
  public let worlds: [String]
  public let parameterCount: Int
  public let totalSteps: Int
  public var step: Int
  public var stages: [Stage]
  /// Directory of the newest checkpoint, relative to the run.
  public var checkpoint: String?
  /// Digest of the newest checkpoint's `model.safetensors`.
  public var weightsDigest: Digest?
  /// Digest of the newest checkpoint's `state.json`; `nil` in runs from before it was written.
  public var stateDigest: Digest?
  public let numericsFingerprint: String
  public let rolloutRing: String
  public let owner: String
  public let evaluationPreset: String
  public let deploymentPreset: String
  public var performance: Performance?
  /// The metrics ledger's head after the run's last evaluation.
  public var ledgerHead: LedgerHead?
  /// The intention that it was begun under; nil for a run that nobody declared.
  public var intention: String?
  /// What it began with; nil where its weights were drawn.
  public var initFrom: Origin?

  enum CodingKeys: String, CodingKey {
    case template, status, dataset, seed, worlds, step, stages, checkpoint, owner, performance, intention
    case runID = "run_id"
    case startedAt = "started_at"
    case updatedAt = "updated_at"
    case codexVersion = "codex_version"
    case configDigest = "config_digest"
    case datasetDigest = "dataset_digest"
    case parameterCount = "parameter_count"
    case totalSteps = "total_steps"
    case weightsDigest = "weights_digest"
    case stateDigest = "state_digest"
    case numericsFingerprint = "numerics_fingerprint"
    case rolloutRing = "rollout_ring"
    case evaluationPreset = "evaluation_preset"
    case deploymentPreset = "deployment_preset"
    case ledgerHead = "ledger_head"
    case initFrom = "init_from"
  }

  public init(
    runID: String, template: String, status: Status, startedAt: Double, updatedAt: Double, codexVersion: String,
    configDigest: Digest, datasetDigest: Digest, dataset: String, seed: UInt64, worlds: [String], parameterCount: Int,
    totalSteps: Int, step: Int, stages: [Stage], checkpoint: String?, weightsDigest: Digest?,
    stateDigest: Digest? = nil, numericsFingerprint: String, rolloutRing: String, owner: String,
    evaluationPreset: String, deploymentPreset: String, performance: Performance?, ledgerHead: LedgerHead? = nil,
    intention: String? = nil, initFrom: Origin? = nil
  ) {
    self.runID = runID
    self.template = template
    self.status = status
    self.startedAt = startedAt
    self.updatedAt = updatedAt
    self.codexVersion = codexVersion
    self.configDigest = configDigest
    self.datasetDigest = datasetDigest
    self.dataset = dataset
    self.seed = seed
    self.worlds = worlds
    self.parameterCount = parameterCount
    self.totalSteps = totalSteps
    self.step = step
    self.stages = stages
    self.checkpoint = checkpoint
    self.weightsDigest = weightsDigest
    self.stateDigest = stateDigest
    self.numericsFingerprint = numericsFingerprint
    self.rolloutRing = rolloutRing
    self.owner = owner
    self.evaluationPreset = evaluationPreset
    self.deploymentPreset = deploymentPreset
    self.performance = performance
    self.ledgerHead = ledgerHead
    self.intention = intention
    self.initFrom = initFrom
  }
}
