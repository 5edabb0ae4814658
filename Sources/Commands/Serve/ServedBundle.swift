import Bundles
import Planning
import Registry
import Schemas
import Serving
import Storage
import Tensors
import Worlds

/// The model that a bundle reference names, as a server answers with it.
enum ServedBundle {
  /// - Throws: `NameError` for a text that is no reference; what `BundleStore.resolve` and `PlanningModel` throw.
  static func open(_ text: String, in workspace: StorageRoot, kernels: any Kernels) throws -> ServedModel {
    let reference = try BundleReference(parsing: text)
    let bundle = try BundleStore(in: workspace).resolve(reference)
    let metadata = try bundle.runMetadata()
    let model = try PlanningModel(bundle, kernels: kernels)
    var names = [bundle.manifest.runID, bundle.digest.description]
    if case .tag(let tag) = reference { names.insert(tag.text, at: 0) }
    return ServedModel(
      model, names: names, worlds: WorldKind.allCases.filter { metadata.worlds.contains($0.rawValue) },
      createdAt: metadata.updatedAt)
  }
}
