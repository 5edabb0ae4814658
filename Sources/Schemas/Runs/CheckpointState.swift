/// What a checkpoint holds beside its tensors, complete enough to go on as if nothing had happened: `state.json`.
///
/// Random streams and the data cursor need no state: both are functions of the seed and the step.
public struct CheckpointState: Record, Equatable {
  public static let schema = "codex.checkpoint/1"

  /// Optimizer steps taken.
  public let step: Int
  public let phase: String
  public let configDigest: Digest
  public let datasetDigest: Digest
  /// Digest of the whole run's visits in order; `nil` in checkpoints from before it was written.
  public let scheduleDigest: Digest?
  /// What the arithmetic depends on: kernels, BLAS and its core type. A resume elsewhere is refused.
  public let numericsFingerprint: String
  public let numTokens: Int
  /// Sums of the metrics not logged yet, by the names that the run's signal gives them.
  public let pending: [String: Double]
  /// Bytes of `metrics.ndjson` and `traces.ndjson` that belong to the steps taken; a resume cuts the rest.
  public let metricsByteCount: Int
  public let tracesByteCount: Int
  /// Every other file of the checkpoint: the state is its manifest, written last.
  public let files: [FileEntry]
  /// Digest of the record without this key; `nil` in checkpoints from before it was written.
  public var sha: Digest?

  enum CodingKeys: String, CodingKey {
    case step, phase, pending, files, sha
    case configDigest = "config_digest"
    case datasetDigest = "dataset_digest"
    case scheduleDigest = "schedule_digest"
    case numericsFingerprint = "numerics_fingerprint"
    case numTokens = "num_tokens"
    case metricsByteCount = "metrics_byte_count"
    case tracesByteCount = "traces_byte_count"
  }

  public init(
    step: Int, phase: String, configDigest: Digest, datasetDigest: Digest, scheduleDigest: Digest? = nil,
    numericsFingerprint: String, numTokens: Int, pending: [String: Double], metricsByteCount: Int, tracesByteCount: Int,
    files: [FileEntry]
  ) {
    self.step = step
    self.phase = phase
    self.configDigest = configDigest
    self.datasetDigest = datasetDigest
    self.scheduleDigest = scheduleDigest
    self.numericsFingerprint = numericsFingerprint
    self.numTokens = numTokens
    self.pending = pending
    self.metricsByteCount = metricsByteCount
    self.tracesByteCount = tracesByteCount
    self.files = files
  }
}
