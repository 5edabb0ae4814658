import Planning
import Reasoner
import Schemas
import Storage
import Tensors

/// The model that a run trained, from its newest checkpoint, with everything checked on the way.
struct StoredModel {
  let run: StoredRun
  let model: PlanningModel
  let weightsDigest: Digest

  /// - Throws: `StorageError.altered` if a file of the checkpoint is not the one that was written, `ReasonerError` if
  ///   the model is not one of this build's, `MissingCheckpoint` if the run has not written one.
  init(_ run: StoredRun, in workspace: StorageRoot, kernels: any Kernels) throws {
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
    weightsDigest = expected
    model = try PlanningModel(
      weights: path, configuration: run.path, digest: run.metadata.configDigest, in: workspace, kernels: kernels)
  }
}

/// A run that has not come to its first checkpoint.
struct MissingCheckpoint: Error, CustomStringConvertible {
  let run: String

  var description: String {
    "run \(run): no checkpoint yet. Train it further with 'codex train --resume \(run)', or name another with '--run'."
  }
}
