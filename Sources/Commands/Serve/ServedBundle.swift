import Planning
import Schemas
import Serving
import Storage
import Tensors
import Worlds

/// The model that a bundle reference names, as a server answers with it.
enum ServedBundle {
  /// - Throws: `MissingRun`, `MissingCheckpoint`, `StorageError`.
  static func open(_ reference: String, in workspace: StorageRoot, kernels: any Kernels) throws -> ServedModel {
    let stored = try StoredModel(
      StoredRun(at: RunDirectory.path(reference, in: workspace), in: workspace), in: workspace, kernels: kernels)
    let metadata = stored.run.metadata
    return ServedModel(
      stored.model, names: [metadata.runID], worlds: WorldKind.allCases.filter { $0.rawValue == metadata.world },
      createdAt: metadata.updatedAt)
  }
}
