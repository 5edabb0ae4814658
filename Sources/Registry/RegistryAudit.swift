import Bundles
import Schemas
import Storage

/// Checks what a workspace has registered, from its bytes up.
public struct RegistryAudit {
  /// Bundles checked.
  public private(set) var bundleCount = 0
  /// Movements of tags that were read.
  public private(set) var movementCount = 0
  public private(set) var findings: [RegistryFinding] = []

  private let workspace: StorageRoot
  /// Every bundle checked must be signed by it; nil asks for no signature.
  private let key: VerifyingKey?

  /// Checks one bundle.
  ///
  /// - Parameter key: Must have signed it, exactly as its files are.
  /// - Throws: `RegistryError` or `BundleError.missing` if `reference` leads nowhere; `StorageError`.
  public init(_ reference: BundleReference, signedBy key: VerifyingKey? = nil, in workspace: StorageRoot) throws {
    self.workspace = workspace
    self.key = key
    let (path, expected) = try BundleStore(in: workspace).locate(reference)
    try check(path, expecting: expected)
  }

  /// Checks the tag log, every bundle, and that every tag ever made names a bundle that is there.
  ///
  /// - Parameter key: Must have signed every bundle, exactly as its files are.
  public init(everythingIn workspace: StorageRoot, signedBy key: VerifyingKey? = nil) throws {
    self.workspace = workspace
    self.key = key
    let log = TagLog(in: workspace)
    findings = try log.findings().map { RegistryFinding($0, in: workspace.name(TagLog.path)) }
    if findings.isEmpty {
      let movements = try log.movements()
      movementCount = movements.count
      try checkTargets(of: movements)
    }
    for bundle in try BundleStore(in: workspace).bundles() { try check(bundle.path, expecting: bundle.digest) }
  }

  private mutating func check(_ path: StoragePath, expecting expected: Digest?) throws {
    bundleCount += 1
    let audit = try BundleAudit(path, in: workspace, expecting: expected)
    findings += audit.findings.map { RegistryFinding($0, in: workspace.name(path)) }
    guard let key else { return }
    findings += try SignatureStore(in: workspace).findings(
      of: audit.expectedDigest ?? audit.digest, at: path, entries: audit.entries, signedBy: key)
  }

  private mutating func checkTargets(of movements: [TagRecord]) throws {
    for movement in movements {
      let path = BundleStore.path(of: movement.bundleDigest, in: movement.experiment)
      guard try workspace.kind(of: path) != .directory else { continue }
      findings.append(
        RegistryFinding(
          place: workspace.name(path), range: nil, rule: "dangling",
          message: "version \(movement.version) of '\(movement.tag)' names this bundle, and it is not there"))
    }
  }
}
