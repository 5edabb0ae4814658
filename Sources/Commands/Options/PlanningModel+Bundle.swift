import Bundles
import Planning
import Tensors

extension PlanningModel {
  /// The model of a bundle whose every byte was checked.
  init(_ bundle: Bundle, kernels: any Kernels) throws {
    try self.init(
      weights: bundle.path.appending(BundleFolder.model), configuration: bundle.path,
      digest: bundle.manifest.configDigest, in: bundle.root, kernels: kernels)
  }
}
