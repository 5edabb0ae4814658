import Schemas
import Storage

/// A completed run as it goes into a bundle, with every file checked that the bundle is made of.
struct PackedRun {
  let metadata: RunMetadata
  /// All files but `chunks.json` and `bundle.json`.
  let files: [BundleFile]

  private static let lock: StoragePath = "run.lock"
  private static let state: StoragePath = "state.json"
  private static let evaluations: StoragePath = "evaluations"
  private static let summary: StoragePath = "summary.json"

  /// - Parameter run: The run's directory in `workspace`, links resolved.
  /// - Throws: `BundleError.unfinished`, `.mismatch`; `StorageError` for files missing, changed or unreadable, `.locked`
  ///   while the run is trained or evaluated.
  init(_ run: StoragePath, in workspace: StorageRoot) throws {
    let name = workspace.name(run)
    let lock = try FileLock(run.appending(Self.lock), in: workspace)  // nobody trains or evaluates it meanwhile
    defer { withExtendedLifetime(lock) {} }
    let runMetadata = try Self.file(
      BundleFolder.runMetadata, at: run.appending(BundleFolder.runMetadata), in: workspace)
    metadata = try runMetadata.record(RunMetadata.self)
    guard metadata.status == .completed, let checkpoint = metadata.checkpoint else {
      throw BundleError.unfinished(run: name, status: metadata.status.rawValue)
    }
    let model = try Self.model(run.appending(StoragePath(parsing: checkpoint)), metadata, in: workspace)
    let config = try Self.file(BundleFolder.config, at: run.appending(BundleFolder.config), in: workspace)
    let dataset = try PackedDataset(StoragePath(parsing: metadata.dataset), in: workspace)
    guard dataset.contentDigest == metadata.datasetDigest else {
      throw BundleError.mismatch(
        run: name, what: "the dataset", expected: metadata.datasetDigest.description,
        got: dataset.contentDigest.description)
    }
    let evidence = try Self.evidence(run, metadata, in: workspace)
    files = model + [config, runMetadata, dataset.manifest, dataset.probes] + evidence
  }

  /// The model's files of the checkpoint at `path`, checked against the checkpoint's own list and the run's metadata.
  private static func model(
    _ path: StoragePath, _ metadata: RunMetadata, in workspace: StorageRoot
  ) throws -> [BundleFile] {
    let state = try workspace.read(CheckpointState.self, at: path.appending(Self.state))
    let name = workspace.name(path)
    let files = try BundleFolder.modelFiles.map { part in
      let place = path.appending(part)
      let mapped = try MappedFile(place, in: workspace)
      guard let entry = state.files.first(where: { $0.path == part.description }) else {
        throw StorageError.altered(path: name, expected: "'\(part)' in \(Self.state)", got: "no such entry")
      }
      try mapped.verify(entry)
      return BundleFile(BundleFolder.model.appending(part), file: mapped)
    }
    let demands = [
      ("the checkpoint's weights", metadata.weightsDigest, files[0].entry.digest),
      ("the checkpoint's configuration", metadata.configDigest, state.configDigest),
      ("the checkpoint's dataset", metadata.datasetDigest, state.datasetDigest),
    ]
    for (what, expected, got) in demands where expected != got {
      throw BundleError.mismatch(
        run: name, what: what, expected: expected?.description ?? "none", got: got.description)
    }
    return files
  }

  /// Summaries of the evaluations of these weights under this configuration; older ones, of earlier weights, stay behind.
  private static func evidence(
    _ run: StoragePath, _ metadata: RunMetadata, in workspace: StorageRoot
  ) throws -> [BundleFile] {
    let directory = run.appending(evaluations)
    guard try workspace.exists(directory) else { return [] }
    return try workspace.list(directory).compactMap { name in
      let path = directory.appending(name).appending(Self.summary)
      guard try workspace.kind(of: directory.appending(name)) == .directory, try workspace.exists(path) else {
        return nil
      }
      let place = BundleFolder.evidence.appending(try PathComponent(parsing: name.text + ".json"))
      let file = try Self.file(place, at: path, in: workspace)
      let summary = try file.record(EvaluationSummary.self)
      guard summary.weightsDigest == metadata.weightsDigest, summary.runConfigDigest == metadata.configDigest else {
        return nil
      }
      return file
    }
  }

  private static func file(
    _ name: StoragePath, at path: StoragePath, in workspace: StorageRoot
  ) throws -> BundleFile {
    BundleFile(name, bytes: try workspace.read(path, limit: Limits.jsonByteCount))
  }
}
