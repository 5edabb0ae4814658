import Composition
import Schemas
import Storage

/// A run's directory, as training left it: its metadata, and on demand what the metadata name, proven.
public struct StoredRun: Sendable {
  /// Relative to the workspace, links resolved.
  public let path: StoragePath
  public let metadata: RunMetadata
  /// The file that says so, as it was read.
  public let metadataBytes: [UInt8]
  private let workspace: StorageRoot

  /// Reads the metadata and nothing else: enough to list and to find runs.
  ///
  /// - Throws: `StorageError` if the directory has no readable metadata.
  public init(at path: StoragePath, in workspace: StorageRoot) throws {
    self.path = path
    self.workspace = workspace
    let file = path.appending(RunFolder.metadata)
    metadataBytes = try workspace.read(file, limit: Limits.jsonByteCount)
    metadata = try RecordDecoder().record(RunMetadata.self, from: metadataBytes, path: workspace.name(file))
  }

  /// Whether there is a run at `path`.
  public static func exists(at path: StoragePath, in workspace: StorageRoot) throws -> Bool {
    try workspace.kind(of: path) == .directory && workspace.exists(path.appending(RunFolder.metadata))
  }

  /// The configuration that it was trained with.
  ///
  /// - Throws: `StorageError.altered` if `config.yaml` is not the one that the metadata name.
  public func configuration() throws -> ResolvedConfig {
    try ResolvedConfig(stored: path, digest: metadata.configDigest, in: workspace)
  }

  /// The run's newest checkpoint, every file of it checked, with the weights, the configuration and the dataset that the
  /// metadata name.
  ///
  /// - Throws: `RunError.noCheckpoint`, `.mismatch`; `StorageError.altered` for a file that is not as it was written.
  public func checkpoint() throws -> StoredCheckpoint {
    guard let name = metadata.checkpoint, let weights = metadata.weightsDigest else {
      throw RunError.noCheckpoint(run: metadata.runID, status: metadata.status.rawValue)
    }
    let checkpoint = try StoredCheckpoint(at: path.appending(StoragePath(parsing: name)), in: workspace)
    let demands = [
      ("the checkpoint's state", metadata.stateDigest ?? checkpoint.stateDigest, checkpoint.stateDigest),
      ("the checkpoint's weights", weights, checkpoint.weightsDigest),
      ("the checkpoint's configuration", metadata.configDigest, checkpoint.state.configDigest),
      ("the checkpoint's dataset", metadata.datasetDigest, checkpoint.state.datasetDigest),
    ]
    for (what, expected, got) in demands where expected != got {
      throw RunError.mismatch(
        run: workspace.name(path), what: what, expected: expected.description, got: got.description)
    }
    return checkpoint
  }

  /// The file of the newest checkpoint's weights; nil before the first.
  public func weightsPath() throws -> StoragePath? {
    try metadata.checkpoint.map { path.appending(try StoragePath(parsing: $0)).appending(CheckpointFolder.weights) }
  }
}

extension ResolvedConfig {
  /// The configuration in a directory's `config.yaml`.
  ///
  /// - Throws: `StorageError.altered` unless it is the one that `digest` names.
  public init(stored directory: StoragePath, digest: Digest, in root: StorageRoot) throws {
    self = try Composer(ConfigSources(directory: directory, in: root)).compose(config: "config")
    guard self.digest == digest else {
      throw StorageError.altered(
        path: root.name(directory.appending(RunFolder.config)), expected: digest.description,
        got: self.digest.description)
    }
  }
}
