import Schemas
import Storage

/// A folder of which every byte was found to be what was packed.
public struct Bundle: Sendable {
  public let manifest: BundleManifest
  /// The folder's root digest: the bundle's identity.
  public let digest: Digest
  /// Relative to `root`.
  public let path: StoragePath
  public let root: StorageRoot
  /// Every file as it was when the bundle was opened, `bundle.json` among them: what a signature covers.
  public let entries: [FileEntry]

  package init(
    manifest: BundleManifest, digest: Digest, path: StoragePath, root: StorageRoot, entries: [FileEntry]
  ) {
    self.manifest = manifest
    self.digest = digest
    self.entries = entries
    self.path = path
    self.root = root
  }

  /// Opens the bundle at `path` and checks every byte: the same files, each with its size and digest, and manifest, run
  /// metadata, dataset manifest, evidence and probes in agreement.
  ///
  /// - Parameter expected: The root digest that it must have. Without it the folder's name decides, if that is a
  ///   digest.
  /// - Throws: `BundleError.missing`, `BundleError.damaged`, `StorageError` where files cannot be read.
  /// - Complexity: Two SHA-256 over all bytes.
  public static func open(
    _ path: StoragePath, in root: StorageRoot, expecting expected: Digest? = nil
  ) throws -> Bundle {
    let audit = try BundleAudit(path, in: root, expecting: expected)
    guard audit.findings.isEmpty, let manifest = audit.manifest else {
      throw BundleError.damaged(path: root.name(path), findings: audit.findings)
    }
    return Bundle(
      manifest: manifest, digest: audit.digest, path: path, root: root, entries: audit.entries)
  }

  /// The manifest of the bundle at `path` as it stands, with nothing checked but its form: for lists.
  public static func uncheckedManifest(_ path: StoragePath, in root: StorageRoot) throws -> BundleManifest {
    try root.read(BundleManifest.self, at: path.appending(BundleFolder.manifest))
  }

  /// A file of the bundle, checked again on the descriptor that it is read from.
  ///
  /// - Throws: `StorageError.altered` if it has changed since the bundle was opened, or is no file of it.
  public func file(_ name: StoragePath) throws -> MappedFile {
    let place = path.appending(name)
    guard let entry = manifest.files.first(where: { $0.path == name.description }) else {
      throw StorageError.altered(
        path: root.name(path), expected: "only the files of its manifest", got: "'\(name)' as well")
    }
    let file = try MappedFile(place, in: root)
    try file.verify(entry)
    return file
  }

  /// The problems that latency is measured on.
  public func probes() throws -> [ProbeRecord] {
    var reader = NDJSONReader(try file(BundleFolder.probes), mode: .strict)
    return try reader.records(ProbeRecord.self)
  }

  /// The run's metadata as they were when it was packed.
  public func runMetadata() throws -> RunMetadata {
    let file = try file(BundleFolder.runMetadata)
    return try file.withBytes { try RecordDecoder().record(RunMetadata.self, from: $0, path: file.path) }
  }

  /// The evaluations of these weights, in the order of their ids.
  public func evaluations() throws -> [EvaluationSummary] {
    try manifest.files.compactMap { entry in
      let name = try StoragePath(parsing: entry.path)
      guard name.parent == BundleFolder.evidence else { return nil }
      let file = try file(name)
      return try file.withBytes { try RecordDecoder().record(EvaluationSummary.self, from: $0, path: file.path) }
    }
  }

  /// Bytes of all files together.
  public var byteCount: Int {
    get throws {
      try manifest.files.reduce(root.byteCount(of: path.appending(BundleFolder.manifest))) { $0 + $1.byteCount }
    }
  }
}
