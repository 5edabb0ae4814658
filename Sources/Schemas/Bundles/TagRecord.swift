/// One movement of a tag: a line of `artifacts/tags.ndjson`, which is only ever appended to.
public struct TagRecord: Record, Equatable {
  public static let schema = "codex.tag/1"

  public let tag: Tag
  /// How often the tag was moved before, plus 1.
  public let version: Int
  /// Root digest of the bundle that the tag names from here on.
  public let bundleDigest: Digest
  /// What it named before; absent at its first appearance.
  public let previousDigest: Digest?
  /// The folder of `artifacts/runs` that holds the bundle.
  public let experiment: ExperimentName
  public let runID: String
  /// Why it was moved, in the words of whoever did.
  public let notes: String?
  /// True where the tag names a milestone that the run did not hold, and somebody insisted; absent otherwise.
  public let unproven: Bool?
  public let codexVersion: String
  /// Seconds since 1970-01-01 UTC, from the caller's clock.
  public let recordedAt: Double

  enum CodingKeys: String, CodingKey {
    case tag, version, experiment, notes, unproven
    case bundleDigest = "bundle_digest"
    case previousDigest = "previous_digest"
    case runID = "run_id"
    case codexVersion = "codex_version"
    case recordedAt = "recorded_at"
  }

  public init(
    tag: Tag, version: Int, bundleDigest: Digest, previousDigest: Digest?, experiment: ExperimentName, runID: String,
    notes: String?, unproven: Bool? = nil, codexVersion: String, recordedAt: Double
  ) {
    self.tag = tag
    self.version = version
    self.bundleDigest = bundleDigest
    self.previousDigest = previousDigest
    self.experiment = experiment
    self.runID = runID
    self.notes = notes
    self.unproven = unproven
    self.codexVersion = codexVersion
    self.recordedAt = recordedAt
  }
}
