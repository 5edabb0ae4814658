import Schemas
import Storage

/// A checkpoint on disk, every file of it checked against the digest that its state names.
public struct StoredCheckpoint: Sendable {
  /// Relative to the root it was opened in; the model's folder too.
  public let path: StoragePath
  public let state: CheckpointState
  public let weightsDigest: Digest

  /// - Throws: `StorageError.altered` for a file that is missing, changed or not listed.
  public init(at path: StoragePath, in root: StorageRoot) throws {
    self.path = path
    state = try root.read(CheckpointState.self, at: path.appending(CheckpointFolder.state))
    try root.verify(state.files, in: path, besides: [CheckpointFolder.state])
    guard let weights = state.files.first(where: { $0.path == CheckpointFolder.weights.description }) else {
      throw StorageError.altered(
        path: root.name(path), expected: "'\(CheckpointFolder.weights)' in \(CheckpointFolder.state)",
        got: "no such entry")
    }
    weightsDigest = weights.digest
  }
}
