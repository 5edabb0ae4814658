import Schemas
import Storage

/// What a gate asks of the dataset that a run was trained on.
struct RunDataset {
  /// Version of the rule by which problems fell into splits.
  let splitRule: Int
  let heldOut: HeldOutProblems

  /// Problems of a split at most; more are not read.
  static let problemCount = 1_000_000

  /// Nil where the dataset is not there, or has other contents than the run was trained on: then it says nothing about
  /// the run.
  init?(of metadata: RunMetadata, in root: StorageRoot) {
    guard let path = try? StoragePath(parsing: metadata.dataset),
      let manifest = try? root.read(DatasetManifestRecord.self, at: path.appending("dataset_manifest.json")),
      manifest.contentDigest == metadata.datasetDigest,
      let splits = try? root.read(SplitManifestRecord.self, at: path.appending("split_manifest.json")),
      let ids = try? Self.heldOut(in: path, splits, content: manifest.contentDigest, root)
    else { return nil }
    splitRule = splits.rule
    heldOut = HeldOutProblems(ids)
  }

  /// The ids of the splits that are not trained on, in reading order, once every example file was hashed.
  private static func heldOut(
    in path: StoragePath, _ splits: SplitManifestRecord, content: Digest, _ root: StorageRoot
  ) throws -> [String: [Digest]] {
    var stream = DigestStream()
    var ids: [String: [Digest]] = [:]
    for split in splits.splits {
      for name in split.files {
        let file = path.appending(try StoragePath(parsing: name))
        try MappedFile(file, in: root).withBytes { stream.update($0) }
        guard split.name != "train" else { continue }
        var reader = try NDJSONReader(file, in: root, mode: .strict)
        while let example = try reader.next(ExampleRecord.self), ids[split.name, default: []].count < problemCount {
          ids[split.name, default: []].append(example.id)
        }
      }
    }
    guard stream.finish() == content else {
      throw StorageError.altered(path: root.name(path), expected: "\(content)", got: "other contents")
    }
    return ids
  }
}
