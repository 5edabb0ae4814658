import Composition
import Planning
import Schemas
import Storage

/// A run's directory, as training left it.
struct StoredRun {
  /// Relative to the workspace.
  let path: StoragePath
  let metadata: RunMetadata
  private let workspace: StorageRoot

  /// - Throws: `StorageError` if the directory has no readable metadata.
  init(at path: StoragePath, in workspace: StorageRoot) throws {
    self.path = path
    self.workspace = workspace
    metadata = try workspace.read(RunMetadata.self, at: path.appending("run_metadata.json"))
  }

  /// The configuration that it was trained with.
  ///
  /// - Throws: `StorageError.altered` if `config.yaml` is not the one that the metadata names.
  func configuration() throws -> ResolvedConfig {
    try ResolvedConfig(stored: path, digest: metadata.configDigest, in: workspace)
  }

  /// Every run below `runs/train_loop`, the one updated last first. What is no run is passed over.
  static func all(in workspace: StorageRoot) throws -> [StoredRun] {
    guard try workspace.kind(of: RunDirectory.all) == .directory else { return [] }
    let runs = try workspace.list(RunDirectory.all).compactMap { name -> StoredRun? in
      let path = RunDirectory.all.appending(name)
      guard try workspace.kind(of: path) == .directory, try workspace.exists(path.appending("run_metadata.json")) else {
        return nil
      }
      return try StoredRun(at: path, in: workspace)
    }
    return runs.sorted { ($1.metadata.updatedAt, $0.metadata.runID) < ($0.metadata.updatedAt, $1.metadata.runID) }
  }

  /// Every run below `runs/`, however deep `training.output_dir` put it, in the order of their paths. Links, and what lies
  /// within a run, are passed over.
  ///
  /// - Throws: `StorageError` if a run's metadata cannot be read.
  static func everywhere(in workspace: StorageRoot) throws -> [StoredRun] {
    var found: [StoredRun] = []
    var pending: [StoragePath] = ["runs"]
    while let path = pending.popLast() {
      guard try workspace.kind(of: path) == .directory else { continue }
      if try workspace.exists(path.appending("run_metadata.json")) {
        found.append(try StoredRun(at: path, in: workspace))
      } else {
        pending += try workspace.list(path).map { path.appending($0) }
      }
    }
    return found.sorted { $0.path < $1.path }
  }
}
