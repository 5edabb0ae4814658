import Schemas
import Storage

/// What a bundle takes from the dataset that its run was trained on.
struct PackedDataset {
  let contentDigest: Digest
  /// `dataset_manifest.json`, byte for byte.
  let manifest: BundleFile
  /// Problems of the validation split, else of the test split.
  let probes: BundleFile

  private static let statistics: StoragePath = "split_stats.json"
  private static let splits = ["validation", "test"]

  /// - Parameter path: The dataset's directory in `root`.
  /// - Throws: `StorageError` if a file that is read is not the one that the manifest lists.
  init(_ path: StoragePath, in root: StorageRoot) throws {
    manifest = BundleFile(
      BundleFolder.datasetManifest,
      bytes: try root.read(path.appending(BundleFolder.datasetManifest), limit: Limits.jsonByteCount))
    let record = try manifest.record(DatasetManifestRecord.self)
    contentDigest = record.contentDigest
    func checked(_ name: StoragePath) throws -> MappedFile {
      guard let entry = record.files.first(where: { $0.path == name.description }) else {
        throw StorageError.altered(
          path: root.name(path), expected: "'\(name)' in its manifest", got: "no such entry")
      }
      let file = try MappedFile(path.appending(name), in: root)
      try file.verify(entry)
      return file
    }
    let statistics = try BundleFile(Self.statistics, file: checked(Self.statistics)).record(SplitStatsRecord.self)
    let split = Self.splits.first { split in statistics.files.contains { $0.split == split && $0.count > 0 } }
    let examples = try statistics.files.filter { $0.split == split }.map { file in
      var reader = NDJSONReader(try checked(StoragePath(parsing: file.path)), mode: .strict)
      return try reader.records(ExampleRecord.self)
    }
    probes = BundleFile(BundleFolder.probes, bytes: try ProbeSet(examples).bytes())
  }
}
