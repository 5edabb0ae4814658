import Schemas
import Storage

/// A checkpoint on disk, every file of it checked against the digest that its state names.
public struct StoredCheckpoint: Sendable {
  /// Relative to the root it was opened in; the model's folder too.
  public let path: StoragePath
  public let state: CheckpointState
  /// Of `state.json` itself.
  public let stateDigest: Digest
  public let weightsDigest: Digest

  /// - Throws: `StorageError.altered` for a file that is missing, changed or not listed, and for a state that no training
  ///   could have written.
  public init(at path: StoragePath, in root: StorageRoot) throws {
    self.path = path
    let file = path.appending(CheckpointFolder.state)
    let bytes = try root.read(file, limit: Limits.jsonByteCount)
    state = try RecordDecoder().record(CheckpointState.self, from: bytes, path: root.name(file))
    stateDigest = Digest(of: bytes)
    if let fault = try state.fault(in: path.lastComponent) {
      throw StorageError.altered(path: root.name(file), expected: fault.expected, got: fault.got)
    }
    try root.verify(state.files, in: path, besides: [CheckpointFolder.state])
    guard let weights = state.files.first(where: { $0.path == CheckpointFolder.weights.description }) else {
      throw StorageError.altered(
        path: root.name(path), expected: "'\(CheckpointFolder.weights)' in \(CheckpointFolder.state)",
        got: "no such entry")
    }
    weightsDigest = weights.digest
  }
}
