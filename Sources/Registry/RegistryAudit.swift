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

  /// Checks one bundle.
  ///
  /// - Throws: `RegistryError` or `BundleError.missing` if `reference` leads nowhere; `StorageError`.
  public init(_ reference: BundleReference, in workspace: StorageRoot) throws {
    self.workspace = workspace
    let (path, expected) = try BundleStore(in: workspace).locate(reference)
    try check(path, expecting: expected)
  }

  /// Checks the tag log, every bundle, and that every tag ever made names a bundle that is there.
  public init(everythingIn workspace: StorageRoot) throws {
    self.workspace = workspace
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
    findings += try Bundle.findings(path, in: workspace, expecting: expected).map {
      RegistryFinding($0, in: workspace.name(path))
    }
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
