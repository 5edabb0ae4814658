/// The scores of one evaluation of one run: its `summary.json`.
public struct EvaluationSummary: Record, Equatable {
  public static let schema = "codex.evaluation/1"

  /// Names the evaluation's directory below the run's `evaluations/`.
  public let evaluationID: String
  /// The run whose model was asked.
  public let runID: String
  public let template: String
  /// Seconds since 1970-01-01 UTC at which it ended, from the caller's clock.
  public let recordedAt: Double
  public let codexVersion: String
  /// The part of the dataset asked about, e.g. `test`.
  public let split: String
  /// Problems asked, once per mode.
  public let problemCount: Int
  /// Digest over the identities of the problems asked, in order: equal digests allow a paired comparison.
  public let problemSetDigest: Digest
  public let seed: UInt64
  /// Threads that planned side by side; the scores but latency do not depend on it.
  public let threads: Int
  /// Digest of the run's resolved configuration.
  public let runConfigDigest: Digest
  /// Digest of this evaluation's resolved configuration.
  public let evaluationConfigDigest: Digest
  public let weightsDigest: Digest
  public let datasetDigest: Digest
  /// One entry per mode, in the order asked.
  public let modes: [ModeSummary]
  /// One entry per mode that both runs were asked in; empty without a reference.
  public let winRates: [WinRateRecord]

  enum CodingKeys: String, CodingKey {
    case template, split, seed, threads, modes
    case evaluationID = "evaluation_id"
    case runID = "run_id"
    case recordedAt = "recorded_at"
    case codexVersion = "codex_version"
    case problemCount = "problem_count"
    case problemSetDigest = "problem_set_digest"
    case runConfigDigest = "run_config_digest"
    case evaluationConfigDigest = "evaluation_config_digest"
    case weightsDigest = "weights_digest"
    case datasetDigest = "dataset_digest"
    case winRates = "win_rates"
  }

  public init(
    evaluationID: String, runID: String, template: String, recordedAt: Double, codexVersion: String, split: String,
    problemCount: Int, problemSetDigest: Digest, seed: UInt64, threads: Int, runConfigDigest: Digest,
    evaluationConfigDigest: Digest, weightsDigest: Digest, datasetDigest: Digest, modes: [ModeSummary],
    winRates: [WinRateRecord]
  ) {
    self.evaluationID = evaluationID
    self.runID = runID
    self.template = template
    self.recordedAt = recordedAt
    self.codexVersion = codexVersion
    self.split = split
    self.problemCount = problemCount
    self.problemSetDigest = problemSetDigest
    self.seed = seed
    self.threads = threads
    self.runConfigDigest = runConfigDigest
    self.evaluationConfigDigest = evaluationConfigDigest
    self.weightsDigest = weightsDigest
    self.datasetDigest = datasetDigest
    self.modes = modes
    self.winRates = winRates
  }
}

extension EvaluationSummary {
  /// Names this measurement in the ledger, `<run>/<evaluation>/<seconds>`: asking the same again is another measurement.
  public var measurementID: String { "\(runID)/\(evaluationID)/\(recordedAt)" }
}
