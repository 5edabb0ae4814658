import Reasoner
import Schemas
import Storage
import Tensors

/// Writes down what a run does: metrics, checkpoints, and metadata that name only what is on the device.
final class RunRecorder {
  let directory: RunDirectory
  var metadata: RunMetadata
  private let request: TrainingRequest
  private let config: TrainingConfig
  private let plan: RunPlan

  init(
    _ directory: RunDirectory, _ metadata: RunMetadata, request: TrainingRequest, config: TrainingConfig, plan: RunPlan
  ) {
    self.directory = directory
    self.metadata = metadata
    self.request = request
    self.config = config
    self.plan = plan
  }

  /// Writes the metadata as they are, with the present time.
  func write() throws {
    metadata.updatedAt = request.now()
    try directory.write(metadata)
  }

  /// Appends one line to the metrics.
  func log(
    _ figures: [SignalFigure], _ progress: TrainingLoop.Progress, phase: Int, learningRate: Double
  ) throws {
    let metric = TrainingMetric(
      step: progress.step, phase: plan.phaseNames[phase],
      figures: Dictionary(uniqueKeysWithValues: figures.map { ($0.name, $0.value) }),
      gradNorm: progress.gradientNorm, learningRate: learningRate, numTokens: progress.tokens)
    try directory.metrics.append(metric)
    metadata.stages[phase].loss = metric.loss
  }

  /// Forces the ledgers to the device, publishes a checkpoint, and only then says so in the metadata.
  ///
  /// - Returns: The checkpoint's name for people.
  func save(
    _ progress: TrainingLoop.Progress, _ weights: Weights, _ optimizer: any Optimizer, isPhaseEnd: Bool
  ) throws -> String {
    try directory.synchroniseLedgers()
    let path = Checkpoint.path(step: progress.step)
    let phase = plan.schedule.phase(at: max(progress.step - 1, 0))
    let digests = try Checkpoint.write(
      to: path, in: directory.root, weights: weights, optimizer: optimizer, vocabulary: request.vocabulary
    ) { files in
      CheckpointState(
        step: progress.step, phase: plan.phaseNames[phase], configDigest: request.resolved.digest,
        datasetDigest: request.dataset.manifest.contentDigest, scheduleDigest: plan.digest,
        numericsFingerprint: request.numericsFingerprint, numTokens: progress.tokens, pending: progress.pending.values,
        metricsByteCount: directory.metrics.offset, tracesByteCount: directory.traces.offset, files: files)
    }
    metadata.step = progress.step
    metadata.checkpoint = path.description
    (metadata.weightsDigest, metadata.stateDigest) = (digests.weights, digests.state)
    if isPhaseEnd { metadata.stages[phase].checkpoint = path.description }
    try write()
    let kept = try metadata.stages.compactMap(\.checkpoint).map { try StoragePath(parsing: $0) }
    try Checkpoint.prune(in: directory.root, newest: path, limit: config.checkpointLimit, keeping: Set(kept))
    return directory.root.name(path)
  }

  /// Notes how fast this process has trained.
  func measure(tokens: Int, seconds: Double, flopsPerToken: Double) {
    guard seconds > 0 else { return }
    let rate = Double(tokens) / seconds
    metadata.performance = RunMetadata.Performance(
      wallSeconds: seconds, tokensPerSecond: rate, gigaflopsPerSecond: rate * flopsPerToken / 1e9,
      threads: request.pool.threads, peakMemoryBytes: request.peakMemory())
  }
}
