/// What became of a rendered manifest, as the pipeline that applied it reports: what milestone M3 counts.
public struct RolloutRecord: Record, Equatable {
  public static let schema = "codex.rollout/1"

  public enum Outcome: String, Codable, Sendable, CaseIterable {
    case applied, failed
    case rolledBack = "rolled-back"
  }

  /// The pod's name, as its rendering says.
  public let pod: String
  /// Digest of the manifest that was applied.
  public let manifestDigest: Digest
  /// The line that recorded the rendering.
  public let rendering: LedgerHead
  public let outcome: Outcome
  /// When it happened, in seconds since 1970-01-01 UTC: between the rendering and `recordedAt`.
  public let at: Double
  public let codexVersion: String
  /// When it was reported, in seconds since 1970-01-01 UTC, from the caller's clock.
  public let recordedAt: Double

  enum CodingKeys: String, CodingKey {
    case pod, rendering, outcome, at
    case manifestDigest = "manifest_digest"
    case codexVersion = "codex_version"
    case recordedAt = "recorded_at"
  }

  public init(
    pod: String, manifestDigest: Digest, rendering: LedgerHead, outcome: Outcome, at: Double, codexVersion: String,
    recordedAt: Double
  ) {
    self.pod = pod
    self.manifestDigest = manifestDigest
    self.rendering = rendering
    self.outcome = outcome
    self.at = at
    self.codexVersion = codexVersion
    self.recordedAt = recordedAt
  }
}
