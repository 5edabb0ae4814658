import Composition
import Datasets
import Schemas
import Storage

/// A frozen dataset to evaluate on, named by its contents: nobody's figures move because a file did.
public struct PinnedDataset: Hashable, Sendable {
  /// The preset that regenerates it, e.g. `reasoning/cot_lite`.
  public let preset: String
  /// Its directory, relative to the workspace.
  public let path: StoragePath
  /// The content digest that it must have.
  public let digest: Digest

  public init(preset: String, path: StoragePath, digest: Digest) {
    self.preset = preset
    self.path = path
    self.digest = digest
  }

  /// Reads `preset`, `path` and `digest`.
  init(_ read: inout ConfigReader) {
    preset = read.string("preset")
    let text = read.string("path")
    if let path = try? StoragePath(parsing: text) {
      self.path = path
    } else {
      path = "datasets"
      read.refuse("path", allowed: "a relative path in the workspace, e.g. benchmarks/cot-lite/v0")
    }
    let name = read.string("digest")
    if let digest = try? Digest(parsing: name) {
      self.digest = digest
    } else {
      digest = Digest(of: "")
      read.refuse("digest", allowed: "sha256: and 64 lower-case hexadecimal digits")
    }
  }

  /// Opens the directory and checks every byte: each file against the manifest, and the examples against the pinned digest.
  ///
  /// - Throws: `EvaluationError.noDataset`, `EvaluationError.otherDataset`, `StorageError`.
  public func open(in workspace: StorageRoot) throws -> Dataset {
    guard try workspace.kind(of: path) != nil else {
      throw EvaluationError.noDataset(path: path.description, preset: preset)
    }
    let dataset = try Dataset(at: path, in: workspace)
    // The manifest vouches for its files; only the examples' own bytes vouch for the manifest.
    let content = try dataset.contentDigest()
    guard content == digest, dataset.manifest.contentDigest == digest, dataset.manifest.preset == preset else {
      throw EvaluationError.otherDataset(
        path: path.description, preset: preset, expected: digest.description, got: content.description,
        gotPreset: dataset.manifest.preset)
    }
    return dataset
  }
}
