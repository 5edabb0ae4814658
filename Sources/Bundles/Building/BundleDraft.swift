import Glibc
import Schemas
import Storage

/// A bundle that is complete in memory: its digest is known before a byte of it is written.
///
/// Equal files of the run, the same versions and the same source revision give the same digest.
public struct BundleDraft: Sendable {
  public let manifest: BundleManifest
  /// The root digest that the folder will have.
  public let digest: Digest
  private let files: [BundleFile]

  /// Where bundles are, relative to the workspace.
  public static let directory: StoragePath = "artifacts/runs"

  /// Reads and checks everything that goes into the bundle of a completed run.
  ///
  /// The caller has checked that `config.yaml` has the digest that the run's metadata name.
  ///
  /// - Parameters:
  ///   - run: The run's directory in `workspace`, links resolved.
  ///   - experiment: The folder of `artifacts/runs`; nil stands for the run's template.
  ///   - version: Of the binary that packs.
  /// - Throws: `BundleError.unfinished`, `.mismatch`, `NameError`, `StorageError`.
  public init(
    _ run: StoragePath, in workspace: StorageRoot, experiment: ExperimentName? = nil, packedBy version: String
  ) throws {
    let packed = try PackedRun(run, in: workspace)
    let chunks = BundleFile(
      BundleFolder.chunks, bytes: try BundleFile.canonical(ChunksRecord(of: packed.files)))
    let files = packed.files + [chunks]
    let manifest = BundleManifest(
      of: packed.metadata, experiment: try experiment ?? ExperimentName(parsing: packed.metadata.template),
      sourceRevision: try SourceRevision.read(in: workspace), packedBy: version, files: files.map(\.entry))
    guard let manifest else {
      throw BundleError.unfinished(run: workspace.name(run), status: packed.metadata.status.rawValue)
    }
    let own = BundleFile(BundleFolder.manifest, bytes: try BundleFile.canonical(manifest))
    self.manifest = manifest
    self.files = files
    digest = RootDigest.of((files + [own]).map(\.entry))
  }

  /// Where the bundle goes, relative to the workspace.
  public var path: StoragePath {
    Self.directory.appending(manifest.experiment).appending(PathComponent(checked: digest.hexadecimal))
  }

  /// Writes the bundle durably and all at once; one that is there already is checked instead.
  ///
  /// - Throws: `BundleError.damaged` if the one that is there is not this one; `StorageError`.
  public func publish(in workspace: StorageRoot) throws -> Bundle {
    if try !workspace.exists(path) {
      try workspace.makeDirectory(path.parent)
      do { try write(in: workspace) } catch StorageError.system("rename", _, EEXIST), StorageError.system(
        "rename", _, ENOTEMPTY)
      {
        // Somebody else published the same bundle meanwhile: it is checked as if it had been there before.
      }
    }
    // Whoever put it there may have been killed before its name was on disk.
    try workspace.synchronise(path)
    return try Bundle.open(path, in: workspace, expecting: digest)
  }

  private func write(in workspace: StorageRoot) throws {
    try workspace.publishDirectory(path) { staging in
      for file in files {
        try staging.writeFile(file.path) { staged in try file.withBytes { try staged.append($0) } }
      }
      try staging.seal(BundleFolder.manifest, manifest: manifest)
    }
  }
}
