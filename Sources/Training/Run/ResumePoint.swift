import Runs
import Schemas
import Storage

/// Where a run goes on: at its newest good checkpoint, or at the start.
struct ResumePoint {
  /// Relative to the run.
  let checkpoint: StoragePath
  let state: CheckpointState
  /// Of the checkpoint's `state.json`.
  let stateDigest: Digest

  /// Looks for the newest checkpoint whose files are all as its state lists them; reports those that are not.
  ///
  /// - Parameters:
  ///   - known: What the run says of itself.
  ///   - schedule: Digest of the visits that the run would make now.
  ///   - isPermuted: Whether it is a control. Checkpoints from before schedules had digests hold a control that was dealt
  ///     otherwise, and any other run as it is drawn now.
  /// - Throws: `TrainingError.resumeMismatch` if that checkpoint was made under another configuration, dataset, order of
  ///   visits or arithmetic.
  static func newest(
    in run: StorageRoot, known: RunMetadata, request: TrainingRequest, schedule: Digest, isPermuted: Bool,
    report: (TrainingEvent) -> Void
  ) throws -> ResumePoint? {
    for path in try Checkpoint.all(in: run).reversed() {
      let checkpoint: StoredCheckpoint
      do { checkpoint = try whole(path, of: known, in: run) } catch let error as StorageError {
        report(.skippedCheckpoint(path: run.name(path), reason: error.description))
        continue
      }
      let state = checkpoint.state
      let visits =
        state.scheduleDigest?.description ?? (isPermuted ? "dealt by an earlier codex" : schedule.description)
      let demands: [(String, String, String)] = [
        ("the configuration", state.configDigest.description, request.resolved.digest.description),
        ("the dataset", state.datasetDigest.description, request.dataset.manifest.contentDigest.description),
        ("the order of visits", visits, schedule.description),
        ("the arithmetic", state.numericsFingerprint, request.numericsFingerprint),
      ]
      for (what, expected, got) in demands where expected != got {
        throw TrainingError.resumeMismatch(path: run.name(path), what: what, expected: expected, got: got)
      }
      return ResumePoint(checkpoint: path, state: state, stateDigest: checkpoint.stateDigest)
    }
    return nil
  }

  /// A checkpoint that is as it was written, and that the run could have reached.
  private static func whole(
    _ path: StoragePath, of known: RunMetadata, in run: StorageRoot
  ) throws -> StoredCheckpoint {
    let checkpoint = try StoredCheckpoint(at: path, in: run)
    let state = run.name(path.appending(CheckpointFolder.state))
    if known.checkpoint == path.description, let expected = known.stateDigest, expected != checkpoint.stateDigest {
      throw StorageError.altered(path: state, expected: "\(expected)", got: "\(checkpoint.stateDigest)")
    }
    guard checkpoint.state.step <= known.totalSteps else {
      throw StorageError.altered(
        path: state, expected: "at most step \(known.totalSteps)", got: "step \(checkpoint.state.step)")
    }
    return checkpoint
  }
}
