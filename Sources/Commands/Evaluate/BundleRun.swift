import Bundles
import Registry
import Schemas
import Storage

/// The run that a bundle was made of, where it still holds what was packed.
enum BundleRun {
  /// Its directory.
  ///
  /// - Throws: `MissingRun` if it is nowhere below `runs/`; `StorageError.altered` if it has other weights or another
  ///   configuration by now; what opening the bundle throws.
  static func path(of reference: String, in workspace: StorageRoot) throws -> StoragePath {
    let bundle = try BundleStore(in: workspace).resolve(BundleReference(parsing: reference)).manifest
    let runs: StoragePath = "runs"
    let families = try workspace.kind(of: runs) == .directory ? workspace.list(runs).map(runs.appending) : []
    let name = try StoragePath(parsing: bundle.runID)
    guard
      let path = try families.map({ $0.appending(name) }).first(where: {
        try workspace.exists($0.appending("run_metadata.json"))
      })
    else { throw MissingRun(path: "runs/*/\(bundle.runID)", template: bundle.template) }
    let metadata = try workspace.read(RunMetadata.self, at: path.appending("run_metadata.json"))
    let demands = [
      (bundle.weightsDigest.description, metadata.weightsDigest?.description ?? "none"),
      (bundle.configDigest.description, metadata.configDigest.description),
    ]
    for (expected, got) in demands where expected != got {
      throw StorageError.altered(path: workspace.name(path), expected: "\(expected), as the bundle has it", got: got)
    }
    return path
  }
}
