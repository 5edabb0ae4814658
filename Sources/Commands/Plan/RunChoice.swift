import Composition
import Runs
import Storage
import Worlds

/// Which run's model plans.
enum RunChoice {
  /// The run that was named; else the one updated last that was trained on the problem's world and has a checkpoint.
  ///
  /// - Throws: `RunError.missing`, or `UsageError` if the named run does not know the world.
  static func run(_ name: String?, for world: WorldKind, in session: Session) throws -> StoredRun {
    let workspace = try session.workspace()
    if let name {
      let run = try StoredRun(at: RunCatalog(in: workspace).path(name), in: workspace)
      guard run.metadata.worlds.contains(world.rawValue) else {
        let known = run.metadata.worlds.joined(separator: " and ")
        throw UsageError(
          "run \(run.metadata.runID) was trained on \(known), the problem is one of \(world.rawValue). "
            + "Leave out '--run' to use the latest that fits.")
      }
      return run
    }
    let fitting = try RunCatalog(in: workspace).runs().first {
      $0.metadata.worlds.contains(world.rawValue) && $0.metadata.checkpoint != nil
    }
    guard let fitting else {
      throw RunError.missing(
        path: "\(workspace.name(RunCatalog.directory)) (world \(world.rawValue))",
        template: try template(for: world, from: session.templates()))
    }
    return fitting
  }

  /// The first template that trains on the world; one that cannot be read is passed over.
  private static func template(for world: WorldKind, from catalog: TemplateCatalog) throws -> String {
    catalog.names.first { (try? catalog.template($0).summary.worlds.contains(world.rawValue)) == true } ?? "baseline"
  }
}
