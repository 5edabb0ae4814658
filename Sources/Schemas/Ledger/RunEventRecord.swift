/// A training that began or ended, so that a run counts even where its directory is gone.
public struct RunEventRecord: Record, Equatable {
  public static let schema = "codex.run_event/1"

  public enum Event: String, Codable, Sendable {
    /// The run's directory was made.
    case started
    /// Its last step was taken.
    case finished
  }

  public let runID: String
  public let event: Event
  /// The run's template without overrides, `<name>@<digest>`.
  public let template: String
  /// Keys in which the run's configuration departs from its template, as `MetricIdentity` states them.
  public let overrides: String
  /// Digest of the run's resolved configuration.
  public let runConfigDigest: Digest
  public let seed: UInt64
  /// The intention that it was begun under, if there was one for its template and seed.
  public let intention: String?
  /// Optimizer steps taken, of how many: `0/3966`.
  public let steps: String
  /// Digest of the weights that it ended with; absent at its start.
  public let weightsDigest: Digest?
  public let codexVersion: String
  /// Seconds since 1970-01-01 UTC, from the caller's clock.
  public let recordedAt: Double

  enum CodingKeys: String, CodingKey {
    case event, template, overrides, seed, intention, steps
    case runID = "run_id"
    case runConfigDigest = "run_config_digest"
    case weightsDigest = "weights_digest"
    case codexVersion = "codex_version"
    case recordedAt = "recorded_at"
  }

  public init(
    runID: String, event: Event, template: String, overrides: String, runConfigDigest: Digest, seed: UInt64,
    intention: String?, steps: String, weightsDigest: Digest?, codexVersion: String, recordedAt: Double
  ) {
    self.runID = runID
    self.event = event
    self.template = template
    self.overrides = overrides
    self.runConfigDigest = runConfigDigest
    self.seed = seed
    self.intention = intention
    self.steps = steps
    self.weightsDigest = weightsDigest
    self.codexVersion = codexVersion
    self.recordedAt = recordedAt
  }
}
