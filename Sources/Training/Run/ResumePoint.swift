import Schemas
import Storage

/// Where a run goes on: at its newest good checkpoint, or at the start.
struct ResumePoint {
  /// Relative to the run.
  let checkpoint: StoragePath
  let state: CheckpointState

  /// Looks for the newest checkpoint whose files are all as its state lists them; reports those that are not.
  ///
  /// - Throws: `TrainingError.resumeMismatch` if that checkpoint was made under another configuration, dataset or arithmetic.
  static func newest(
    in run: StorageRoot, request: TrainingRequest, report: (TrainingEvent) -> Void
  ) throws -> ResumePoint? {
    for path in try Checkpoint.all(in: run).reversed() {
      let state: CheckpointState
      do { state = try Checkpoint.state(at: path, in: run) } catch let error as StorageError {
        report(.skippedCheckpoint(path: run.name(path), reason: error.description))
        continue
      }
      let demands: [(String, String, String)] = [
        ("the configuration", state.configDigest.description, request.resolved.digest.description),
        ("the dataset", state.datasetDigest.description, request.dataset.manifest.contentDigest.description),
        ("the arithmetic", state.numericsFingerprint, request.numericsFingerprint),
      ]
      for (what, expected, got) in demands where expected != got {
        throw TrainingError.resumeMismatch(path: run.name(path), what: what, expected: expected, got: got)
      }
      return ResumePoint(checkpoint: path, state: state)
    }
    return nil
  }
}
