import Datasets
import Storage

/// Where a user has a dataset written to.
enum DatasetPlace {
  /// Refuses a directory that lies in a dataset, whose manifest lists every file below it. Touches nothing.
  ///
  /// - Parameters:
  ///   - output: As the user wrote it, relative to `directory` or absolute.
  /// - Throws: `DatasetsError.insideADataset`.
  static func check(_ output: String, from directory: String) throws {
    let path = output.hasPrefix("/") ? output : directory + "/" + output
    var above = path.hasPrefix("/") ? "" : "."
    for part in path.split(separator: "/").dropLast() {
      above += "/" + part
      guard let root = try? StorageRoot(opening: above), (try? root.exists("dataset_manifest.json")) == true else {
        continue
      }
      throw DatasetsError.insideADataset(path: output, dataset: above)
    }
  }
}
