import Bundles
import Schemas
import Storage

/// The registration of one run: its bundle first, then its signature, then the tag, so that a tag never names what is
/// not on disk.
///
/// Killed anywhere it can be run again: a bundle and a valid signature that are there are kept, a tag that points there
/// is not moved.
public struct Registration {
  public let tag: Tag
  /// Where the tag pointed when this value was made; if it is moved meanwhile, `complete` refuses.
  public let previous: TagRecord?
  private let workspace: StorageRoot

  /// Held while bundles are written and leftovers of killed writers are removed.
  private static let lock: StoragePath = "artifacts/register.lock"

  /// Looks up where `tag` points; nothing is written.
  public init(of tag: Tag, in workspace: StorageRoot) throws {
    self.tag = tag
    self.workspace = workspace
    previous = try TagLog(in: workspace).current(tag)
  }

  /// Publishes the bundle, signs it if a key is given, and moves the tag to it.
  ///
  /// - Parameters:
  ///   - isUnproven: Whether the tag names a milestone that the run does not hold.
  ///   - key: Signs the bundle; a tag moves only once the signature is on disk.
  ///   - version: Of the binary that registers.
  ///   - now: Seconds since 1970-01-01 UTC.
  /// - Returns: The bundle, and the movement that made the tag point there, this one or an earlier.
  /// - Throws: `RegistryError.tagMoved`, `BundleError.damaged`, `StorageError`.
  public func complete(
    _ draft: BundleDraft, signedBy key: SigningKey? = nil, notes: String?, isUnproven: Bool = false,
    codexVersion version: String, recordedAt now: Double
  ) throws -> (bundle: Bundle, movement: TagRecord) {
    let bundle = try publish(draft, signedBy: key)
    let movement = try TagLog(in: workspace).move(tag, to: bundle.digest, seen: previous, isUnproven: isUnproven) {
      found in
      TagRecord(
        tag: tag, version: (found?.version ?? 0) + 1, bundleDigest: bundle.digest, previousDigest: found?.bundleDigest,
        experiment: bundle.manifest.experiment, runID: bundle.manifest.runID, notes: notes,
        unproven: isUnproven ? true : nil, codexVersion: version,
        recordedAt: now)
    }
    return (bundle, movement)
  }

  private func publish(_ draft: BundleDraft, signedBy key: SigningKey?) throws -> Bundle {
    try workspace.makeDirectory(Self.lock.parent)
    let lock = try FileLock(Self.lock, in: workspace, patience: 30)
    try workspace.makeDirectory(draft.path.parent)
    try workspace.removeLeftovers(in: draft.path.parent, holding: lock)
    let bundle = try draft.publish(in: workspace)
    if let key { try SignatureStore(in: workspace).sign(bundle, with: key, holding: lock) }
    return bundle
  }
}
