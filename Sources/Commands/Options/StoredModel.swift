import Composition
import Datasets
import Plans
import Reasoner
import Schemas
import Storage
import Worlds

/// The model that a run trained, from its newest checkpoint, with everything checked on the way.
struct StoredModel {
  let run: StoredRun
  let resolved: ResolvedConfig
  let weights: Weights
  let weightsDigest: Digest
  let style: SolutionStyle
  let vocabulary: PlanVocabulary

  /// - Throws: `StorageError.altered` if a file of the checkpoint is not the one that was written, `ReasonerError` if
  ///   the
  ///   model is not one of this build's, `MissingCheckpoint` if the run has not written one.
  init(_ run: StoredRun, in workspace: StorageRoot) throws {
    guard let checkpoint = run.metadata.checkpoint, let expected = run.metadata.weightsDigest else {
      throw MissingCheckpoint(run: run.metadata.runID)
    }
    let path = run.path.appending(try StoragePath(parsing: checkpoint))
    let statePath = path.appending("state.json")
    let state = try workspace.read(CheckpointState.self, at: statePath)
    try workspace.verify(state.files, in: path, besides: ["state.json"])
    let weightsPath = path.appending(ModelFolder.weightsName)
    let found = state.files.first { $0.path == ModelFolder.weightsName.description }?.digest
    guard found == expected else {
      throw StorageError.altered(
        path: workspace.name(weightsPath), expected: expected.description, got: found?.description ?? "no weights")
    }
    self.run = run
    resolved = try run.configuration()
    vocabulary = .ofThisBuild()
    weights = try ModelFolder.load(path, in: workspace, vocabulary: vocabulary)
    weightsDigest = expected
    style = try DatasetConfig(resolved).style
  }
}

/// A run that has not come to its first checkpoint.
struct MissingCheckpoint: Error, CustomStringConvertible {
  let run: String

  var description: String {
    "run \(run): no checkpoint yet. Train it further with 'codex train --resume \(run)', or name another with '--run'."
  }
}
