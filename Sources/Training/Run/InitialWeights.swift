import Reasoner
import Runs
import Schemas
import Storage

/// The weights that a run begins with when they are another run's.
enum InitialWeights {
  /// Reads the newest checkpoint of a run, or one of its checkpoints, into place.
  ///
  /// - Parameter text: A run's id, its directory, or the directory of one of its checkpoints.
  /// - Returns: What was read, by digest.
  /// - Throws: `RunError`, `StorageError`, `ReasonerError`; `TrainingError.badOrigin` for a model of another shape.
  static func load(
    _ text: String, into weights: Weights, _ request: TrainingRequest
  ) throws -> RunMetadata.Origin {
    let workspace = request.workspace
    let checkpoint = try checkpoint(text, in: workspace)
    let (stored, spoken) = try ModelFolder.load(checkpoint.path, in: workspace, vocabulary: request.vocabulary)
    guard stored.shape == weights.shape, spoken == request.vocabulary else {
      throw TrainingError.badOrigin(
        path: workspace.name(checkpoint.path),
        problem: "the model has another shape than the configuration's 'model' section, or another vocabulary. "
          + "Give both the same")
    }
    weights.buffer.pointer.update(from: stored.buffer.pointer, count: stored.buffer.count)
    return RunMetadata.Origin(
      checkpoint: checkpoint.path.description, weightsDigest: checkpoint.weightsDigest)
  }

  private static func checkpoint(_ text: String, in workspace: StorageRoot) throws -> StoredCheckpoint {
    let catalog = RunCatalog(in: workspace)
    let parts = text.split(separator: "/")
    if let name = parts.last, parts.dropLast().last.map(String.init) == RunFolder.checkpoints.description {
      let run = try catalog.path(parts.dropLast(2).joined(separator: "/"))
      let folder = RunFolder.checkpoints.appending(try PathComponent(parsing: String(name)))
      return try StoredCheckpoint(at: run.appending(folder), in: workspace)
    }
    return try StoredRun(at: catalog.path(text), in: workspace).checkpoint()
  }
}
