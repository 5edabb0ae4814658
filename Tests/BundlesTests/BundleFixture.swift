import Bundles
import Schemas
import Storage
import TestSupport

/// A published bundle of about 16 KiB.
struct BundleFixture {
  let workspace: ScratchWorkspace
  let bundle: Bundle

  init() throws {
    workspace = try ScratchWorkspace()
    var run = StoredRunFixture()
    run.weights = (0..<9000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    run.evaluations = ["test-00000000000a", "test-00000000000b"]
    try run.write(in: workspace.root)
    bundle = try BundleDraft(run.path, in: workspace.root, packedBy: "1.2.3").publish(in: workspace.root)
  }

  var folder: String { bundle.path.description }

  /// The files of the bundle by their paths in it.
  func contents() throws -> [String: [UInt8]] { try workspace.tree(folder) }

  func plant(_ file: String, _ bytes: [UInt8]) throws { try workspace.plant("\(folder)/\(file)", bytes) }

  func findings() throws -> [BundleFinding] { try BundleAudit(bundle.path, in: workspace.root).findings }

  /// What is said about these files without reading them from disk.
  func audit(_ files: [String: [UInt8]]) throws -> BundleAudit {
    audit(try files.map { BundleFile(try StoragePath(parsing: $0.key), bytes: $0.value) })
  }

  func audit(_ files: [BundleFile]) -> BundleAudit {
    BundleAudit(files, experiment: bundle.manifest.experiment, expecting: bundle.digest)
  }
}
