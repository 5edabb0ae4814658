/// One deployment that was made: what milestone M3 counts.
public struct DeploymentRecord: Record, Equatable {
  public static let schema = "codex.deployment/1"

  /// The pod's name in its configuration.
  public let pod: String
  /// Root digest of the bundle deployed.
  public let bundleDigest: Digest
  /// The bundle's run.
  public let runID: String
  /// Digest of the pod's resolved configuration.
  public let podConfigDigest: Digest
  /// Digest of the Kubernetes manifest written.
  public let manifestDigest: Digest
  /// The pod's ring.
  public let ring: String
  /// Manual overrides: of the pod's configuration, and those noted in docs/deployment/reasoning_pod.md. M3 asks for none.
  public let overrides: [String]
  public let codexVersion: String
  /// Seconds since 1970-01-01 UTC, from the caller's clock.
  public let recordedAt: Double

  enum CodingKeys: String, CodingKey {
    case pod, ring, overrides
    case bundleDigest = "bundle_digest"
    case runID = "run_id"
    case podConfigDigest = "pod_config_digest"
    case manifestDigest = "manifest_digest"
    case codexVersion = "codex_version"
    case recordedAt = "recorded_at"
  }

  public init(
    pod: String, bundleDigest: Digest, runID: String, podConfigDigest: Digest, manifestDigest: Digest, ring: String,
    overrides: [String], codexVersion: String, recordedAt: Double
  ) {
    self.pod = pod
    self.bundleDigest = bundleDigest
    self.runID = runID
    self.podConfigDigest = podConfigDigest
    self.manifestDigest = manifestDigest
    self.ring = ring
    self.overrides = overrides
    self.codexVersion = codexVersion
    self.recordedAt = recordedAt
  }
}
