import Storage
import Worlds

/// Which run's model plans.
enum RunChoice {
  /// The run that was named; else the one updated last whose world is that of the problem and which has a checkpoint.
  ///
  /// - Throws: `MissingRun`, or `UsageError` if the named run knows another world.
  static func run(_ name: String?, for world: WorldKind, in workspace: StorageRoot) throws -> StoredRun {
    if let name {
      let run = try StoredRun(at: RunDirectory.path(name, in: workspace), in: workspace)
      guard run.metadata.world == world.rawValue else {
        throw UsageError(
          "run \(run.metadata.runID) was trained on \(run.metadata.world), the problem is one of \(world.rawValue). "
            + "Leave out '--run' to use the latest that fits.")
      }
      return run
    }
    let fitting = try StoredRun.all(in: workspace).first {
      $0.metadata.world == world.rawValue && $0.metadata.checkpoint != nil
    }
    guard let fitting else { throw MissingRun(path: "\(workspace.name(RunDirectory.all)) (world \(world.rawValue))") }
    return fitting
  }
}
