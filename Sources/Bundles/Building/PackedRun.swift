import Runs
import Schemas
import Storage

/// A completed run as it goes into a bundle, with every file checked that the bundle is made of.
struct PackedRun {
  let metadata: RunMetadata
  /// All files but `chunks.json` and `bundle.json`.
  let files: [BundleFile]

  /// - Parameter path: The run's directory in `workspace`, links resolved.
  /// - Throws: `BundleError.unfinished`; `RunError.mismatch`; `StorageError` for files missing, changed or unreadable, `.locked`
  ///   while the run is trained or evaluated.
  init(_ path: StoragePath, in workspace: StorageRoot) throws {
    let lock = try FileLock(path.appending(RunFolder.lock), in: workspace)  // nobody trains or evaluates it meanwhile
    defer { withExtendedLifetime(lock) {} }
    let run = try StoredRun(at: path, in: workspace)
    metadata = run.metadata
    guard metadata.status == .completed, metadata.checkpoint != nil else {
      throw BundleError.unfinished(run: workspace.name(path), status: metadata.status.rawValue)
    }
    let model = try Self.model(of: run.checkpoint(), in: workspace)
    let runMetadata = BundleFile(BundleFolder.runMetadata, bytes: run.metadataBytes)
    let config = try Self.file(BundleFolder.config, at: path.appending(RunFolder.config), in: workspace)
    let dataset = try PackedDataset(StoragePath(parsing: metadata.dataset), in: workspace)
    guard dataset.contentDigest == metadata.datasetDigest else {
      throw RunError.mismatch(
        run: workspace.name(path), what: "the dataset", expected: metadata.datasetDigest.description,
        got: dataset.contentDigest.description)
    }
    let evidence = try Self.evidence(path, metadata, in: workspace)
    files = model + [config, runMetadata, dataset.manifest, dataset.probes] + evidence
  }

  /// The model's files of a checkpoint, each checked against its list as the bundle will read it.
  private static func model(of checkpoint: StoredCheckpoint, in workspace: StorageRoot) throws -> [BundleFile] {
    try BundleFolder.modelFiles.map { part in
      let mapped = try MappedFile(checkpoint.path.appending(part), in: workspace)
      guard let entry = checkpoint.state.files.first(where: { $0.path == part.description }) else {
        throw StorageError.altered(
          path: workspace.name(checkpoint.path), expected: "'\(part)' in \(CheckpointFolder.state)",
          got: "no such entry")
      }
      try mapped.verify(entry)
      return BundleFile(BundleFolder.model.appending(part), file: mapped)
    }
  }

  /// Summaries of the evaluations of these weights under this configuration; older ones, of earlier weights, stay behind.
  private static func evidence(
    _ run: StoragePath, _ metadata: RunMetadata, in workspace: StorageRoot
  ) throws -> [BundleFile] {
    let directory = run.appending(RunFolder.evaluations)
    guard try workspace.exists(directory) else { return [] }
    return try workspace.list(directory).compactMap { name in
      let path = directory.appending(name).appending(EvaluationFolder.summary)
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
