import Bundles
import Schemas
import Storage

/// The registration of one run: its bundle first, then the tag, so that a tag never names what is not on disk.
///
/// Killed anywhere it can be run again: a bundle that is there is kept, a tag that points there is not moved.
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

  /// Publishes the bundle and moves the tag to it.
  ///
  /// - Parameters:
  ///   - isUnproven: Whether the tag names a milestone that the run does not hold.
  ///   - version: Of the binary that registers.
  ///   - now: Seconds since 1970-01-01 UTC.
  /// - Returns: The bundle, and the movement that made the tag point there, this one or an earlier.
  /// - Throws: `RegistryError.tagMoved`, `BundleError.damaged`, `StorageError`.
  public func complete(
    _ draft: BundleDraft, notes: String?, isUnproven: Bool = false, codexVersion version: String, recordedAt now: Double
  ) throws -> (bundle: Bundle, movement: TagRecord) {
    let bundle = try publish(draft)
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

  private func publish(_ draft: BundleDraft) throws -> Bundle {
    try workspace.makeDirectory(Self.lock.parent)
    let lock = try FileLock(Self.lock, in: workspace, patience: 30)
    try workspace.makeDirectory(draft.path.parent)
    try workspace.removeLeftovers(in: draft.path.parent, holding: lock)
    return try draft.publish(in: workspace)
  }
}
