import Planning
import Runs
import Schemas
import Storage
import Tensors

/// The model that a run trained, from its newest checkpoint, with everything checked on the way.
struct StoredModel {
  let run: StoredRun
  let model: PlanningModel
  let weightsDigest: Digest

  /// - Throws: `RunError` for a run without a checkpoint, or whose files disagree; `StorageError.altered` if a file is not the
  ///   one that was written; `ReasonerError` if the model is not one of this build's.
  init(_ run: StoredRun, in workspace: StorageRoot, kernels: any Kernels) throws {
    let checkpoint = try run.checkpoint()
    self.run = run
    weightsDigest = checkpoint.weightsDigest
    model = try PlanningModel(
      weights: checkpoint.path, configuration: run.path, digest: run.metadata.configDigest, in: workspace,
      kernels: kernels)
  }
}
