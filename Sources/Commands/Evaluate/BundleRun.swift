import Bundles
import Registry
import Runs
import Schemas
import Storage

/// The run that a bundle was made of, where it still holds what was packed.
enum BundleRun {
  /// Its directory.
  ///
  /// - Throws: `RunError.missing` if it is nowhere below `runs/`; `StorageError.altered` if it has other weights or another
  ///   configuration by now; what opening the bundle throws.
  static func path(of reference: String, in workspace: StorageRoot) throws -> StoragePath {
    let bundle = try BundleStore(in: workspace).resolve(BundleReference(parsing: reference)).manifest
    let path = try RunCatalog(in: workspace).path(of: RunID(parsing: bundle.runID), template: bundle.template)
    let metadata = try StoredRun(at: path, in: workspace).metadata
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
