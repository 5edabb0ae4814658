import Bundles
import Schemas
import Storage

/// The bundles of a workspace: `artifacts/runs/<experiment>/<root digest>/`.
public struct BundleStore: Sendable {
  private let workspace: StorageRoot

  public init(in workspace: StorageRoot) { self.workspace = workspace }

  /// Opens the bundle that `reference` names, with every byte checked.
  ///
  /// - Throws: `RegistryError`, `BundleError`, `StorageError`.
  public func resolve(_ reference: BundleReference) throws -> Bundle {
    let (path, expected) = try locate(reference)
    return try Bundle.open(path, in: workspace, expecting: expected)
  }

  /// Where the bundle that `reference` names is, and the root digest that it must have if the reference says so.
  ///
  /// - Throws: `RegistryError`, `StorageError` for an unreadable tag log.
  public func locate(_ reference: BundleReference) throws -> (path: StoragePath, expected: Digest?) {
    switch reference {
    case .tag(let tag):
      let tags = try TagLog(in: workspace).current()
      guard let record = tags.first(where: { $0.tag == tag }) else {
        // A tag may look like the digits of a table; it comes first.
        if ShortDigest.isOne(tag.text) {
          do { return try locate(.shortDigest(tag.text)) } catch RegistryError.unknownShortDigest {}
        }
        throw RegistryError.unknownTag(tag, known: tags.map(\.tag))
      }
      return (Self.path(of: record.bundleDigest, in: record.experiment), record.bundleDigest)
    case .digest(let digest):
      guard let found = try bundles().first(where: { $0.digest == digest }) else {
        throw RegistryError.unknownBundle(digest)
      }
      return (found.path, digest)
    case .shortDigest(let digits):
      let found = try location(of: digits)
      return (found.path, found.digest)
    case .folder(let path): return (path, nil)
    }
  }

  /// The bundle whose digest begins with `digits`; the same one in several experiments is one.
  private func location(of digits: String) throws -> Location {
    let found = try bundles().filter { $0.digest.hexadecimal.hasPrefix(digits) }
    guard let first = found.first else { throw RegistryError.unknownShortDigest(digits) }
    let digests = Set(found.map(\.digest))
    guard digests.count == 1 else { throw RegistryError.ambiguousDigest(digits, candidates: digests.sorted()) }
    return first
  }

  /// A folder that is named like a bundle; nothing in it has been looked at.
  public struct Location: Sendable, Hashable {
    public let experiment: ExperimentName
    public let digest: Digest
    /// Relative to the workspace.
    public let path: StoragePath
  }

  /// Every bundle, by experiment and digest. What is not named like one is passed over.
  public func bundles() throws -> [Location] {
    guard try workspace.kind(of: BundleDraft.directory) == .directory else { return [] }
    return try workspace.list(BundleDraft.directory).flatMap { name -> [Location] in
      let folder = BundleDraft.directory.appending(name)
      guard let experiment = try? ExperimentName(parsing: name.text), try workspace.kind(of: folder) == .directory
      else { return [] }
      return try workspace.list(folder).compactMap { entry in
        guard let digest = try? Digest(parsing: "sha256:" + entry.text) else { return nil }
        return Location(experiment: experiment, digest: digest, path: folder.appending(entry))
      }
    }
  }

  /// The bundles of one run, opened and checked.
  public func bundles(of run: RunID) throws -> [Bundle] {
    try bundles().filter { try Bundle.uncheckedManifest($0.path, in: workspace).runID == run.text }.map {
      try Bundle.open($0.path, in: workspace, expecting: $0.digest)
    }
  }

  static func path(of digest: Digest, in experiment: ExperimentName) -> StoragePath {
    BundleDraft.directory.appending(experiment).appending(PathComponent(checked: digest.hexadecimal))
  }
}
