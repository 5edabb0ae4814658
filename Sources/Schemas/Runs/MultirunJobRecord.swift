/// A step in the life of one job of a multirun: a line of `runs/multirun/<id>/jobs.ndjson`. The last line of a job counts.
public struct MultirunJobRecord: Record, Equatable {
  public static let schema = "codex.multirun_job/1"

  public enum State: String, Codable, Sendable {
    case running, completed, failed
  }

  /// Where it stands in the sweep, from 0.
  public let job: Int
  /// Its overrides, none of them a sweep.
  public let overrides: [String]
  /// Of its configuration; absent where it could not be composed.
  public let configDigest: Digest?
  public let state: State
  /// The run it made, once that is completed.
  public let runID: String?
  /// The loss that the run ended with, in nats.
  public let loss: Double?
  /// Why it failed.
  public let message: String?
  /// Seconds since 1970-01-01 UTC.
  public let recordedAt: Double

  enum CodingKeys: String, CodingKey {
    case job, overrides, state, loss, message
    case configDigest = "config_digest"
    case runID = "run_id"
    case recordedAt = "recorded_at"
  }

  public init(
    job: Int, overrides: [String], configDigest: Digest?, state: State, runID: String? = nil, loss: Double? = nil,
    message: String? = nil, recordedAt: Double
  ) {
    self.job = job
    self.overrides = overrides
    self.configDigest = configDigest
    self.state = state
    self.runID = runID
    self.loss = loss
    self.message = message
    self.recordedAt = recordedAt
  }
}
