import Plans
import Reasoner
import Runs
import Schemas
import Storage
import Tensors

/// A checkpoint on disk: the model's folder, the optimizer's state, and the state that lists them all.
///
/// It appears whole or not at all (`StorageRoot.publishDirectory`), and every file is checked against its digest before a
/// byte of it is used.
enum Checkpoint {
  /// `checkpoints/step-000000200`: sorts by step.
  static func path(step: Int) -> StoragePath {
    let digits = String(step)
    let padded = String(repeating: "0", count: max(0, 9 - digits.count)) + digits
    return RunFolder.checkpoints.appending(PathComponent(checked: "step-" + padded))
  }

  /// Writes a checkpoint durably; `state` gets the list of files.
  ///
  /// - Returns: The digests of `model.safetensors` and of `state.json`.
  static func write(
    to path: StoragePath, in run: StorageRoot, weights: Weights, optimizer: any Optimizer, vocabulary: PlanVocabulary,
    state: ([FileEntry]) -> CheckpointState
  ) throws -> (weights: Digest, state: Digest) {
    var digests: (weights: Digest, state: Digest)?
    try run.makeDirectory(RunFolder.checkpoints)
    try run.publishDirectory(path, replacing: true) { staging in
      try ModelFolder.write(weights, vocabulary: vocabulary, into: staging)
      let weights = staging.entries.first { $0.path == CheckpointFolder.weights.description }?.digest
      try staging.write(
        CheckpointFolder.optimizer,
        tensors: optimizer.state.map {
          TensorToWrite(name: $0.name, shape: $0.shape, data: UnsafeBufferPointer($0.values))
        })
      let sealed = try staging.seal(CheckpointFolder.state, manifest: state(staging.entries).sealed())
      digests = weights.map { ($0, sealed.digest) }
    }
    guard let digests else { preconditionFailure("a model folder has weights") }
    return digests
  }

  /// The checkpoints of a run, oldest first.
  static func all(in run: StorageRoot) throws -> [StoragePath] {
    guard try run.exists(RunFolder.checkpoints) else { return [] }
    return try run.list(RunFolder.checkpoints).filter { $0.text.hasPrefix("step-") }.map {
      RunFolder.checkpoints.appending($0)
    }
  }

  /// Reads weights and optimizer state of a checked checkpoint into place.
  ///
  /// - Throws: `ReasonerError.badTensor`, `TrainingError.badCheckpoint` for another model shape, `StorageError.mismatch` for a
  ///   state of another optimizer.
  static func load(
    _ path: StoragePath, in run: StorageRoot, weights: Weights, optimizer: any Optimizer, vocabulary: PlanVocabulary
  ) throws {
    let (stored, spoken) = try ModelFolder.load(path, in: run, vocabulary: vocabulary)
    guard stored.shape == weights.shape, spoken == vocabulary else {
      throw TrainingError.badCheckpoint(path: run.name(path), problem: "the model has another shape or vocabulary")
    }
    weights.buffer.pointer.update(from: stored.buffer.pointer, count: stored.buffer.count)
    let file = try SafetensorsFile(path.appending(CheckpointFolder.optimizer), in: run)
    for tensor in optimizer.state {
      try file.withFloats(tensor.name, shape: tensor.shape) { _ = tensor.values.update(fromContentsOf: $0) }
    }
    try file.checkFinite()
  }

  /// Removes the oldest checkpoints beyond `limit`, except those in `kept`, and those later than `newest`: a resume passed
  /// them over as damaged, so they are no safety copies.
  static func prune(in run: StorageRoot, newest: StoragePath, limit: Int, keeping kept: Set<StoragePath>) throws {
    let all = try all(in: run)
    for path in all where newest < path { try run.retireDirectory(path) }
    let candidates = all.filter { !(newest < $0) && !kept.contains($0) }
    for path in candidates.dropLast(limit) { try run.retireDirectory(path) }
  }
}
