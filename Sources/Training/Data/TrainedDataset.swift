import Composition
import Datasets
import Worlds

/// Whether a dataset is the one that a configuration describes: what a run's other readers believe of its data stands there.
enum TrainedDataset {
  /// How the dataset's plans are written.
  ///
  /// - Throws: `TrainingError.datasetMismatch` for data written or split otherwise than the section `dataset` says.
  static func style(_ request: TrainingRequest) throws -> SolutionStyle {
    let config = try DatasetConfig(request.resolved)
    let demands = [
      ("style", config.style.rawValue, request.dataset.manifest.style),
      ("split_salt", config.splitRule.salt, request.dataset.splitManifest.salt),
    ]
    for (key, expected, got) in demands where expected != got {
      throw TrainingError.datasetMismatch(
        path: request.datasetPath.description, key: "dataset.\(key)", expected: expected, got: got)
    }
    return config.style
  }
}
