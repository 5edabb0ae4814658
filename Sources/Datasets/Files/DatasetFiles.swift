import Storage

/// The names of a dataset's files.
enum DatasetFiles {
  static let manifest: StoragePath = "dataset_manifest.json"
  static let splitManifest: StoragePath = "split_manifest.json"
  static let checksums: StoragePath = "split_checksums.json"
  static let statistics: StoragePath = "split_stats.json"
  static let histogram: StoragePath = "trace_length_histogram.txt"
}

/// Examples that share a file.
struct ExampleGroup {
  let fileName: String
  let split: Split
  let stage: String?
}
