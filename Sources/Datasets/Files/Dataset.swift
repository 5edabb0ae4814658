import Schemas
import Storage

/// A materialised dataset on disk, opened through its manifest.
public struct Dataset: Sendable {
  public let manifest: DatasetManifestRecord
  public let splitManifest: SplitManifestRecord
  public let statistics: SplitStatsRecord
  private let root: StorageRoot
  private let path: StoragePath

  /// Opens the directory at `path` and checks every file against the manifest.
  ///
  /// - Throws: `StorageError`: `.altered` for a changed, additional or (`.system`) missing file, `.mismatch` for
  ///   another version.
  public init(at path: StoragePath, in root: StorageRoot) throws {
    self.root = root
    self.path = path
    manifest = try root.read(DatasetManifestRecord.self, at: path.appending(DatasetFiles.manifest))
    try root.verify(manifest.files, in: path, besides: [DatasetFiles.manifest])
    splitManifest = try root.read(SplitManifestRecord.self, at: path.appending(DatasetFiles.splitManifest))
    statistics = try root.read(SplitStatsRecord.self, at: path.appending(DatasetFiles.statistics))
  }

  /// The training stages in order, by id.
  public var stages: [String] { statistics.files.compactMap(\.stage) }

  /// The examples of a split, in file order.
  public func examples(_ split: Split) throws -> [ExampleRecord] {
    try statistics.files.filter { $0.split == split.rawValue }.flatMap(read)
  }

  /// The trace-length histogram as text.
  public func histogram() throws -> String {
    String(decoding: try root.read(path.appending(DatasetFiles.histogram), limit: 1 << 20), as: UTF8.self)
  }

  /// SHA-256 over the bytes of all example files in reading order, as the manifest's `contentDigest` should be.
  ///
  /// - Complexity: Reads every example file.
  public func contentDigest() throws -> Digest {
    var digest = DigestStream()
    for file in statistics.files {
      try MappedFile(path.appending(StoragePath(parsing: file.path)), in: root).withBytes { digest.update($0) }
    }
    return digest.finish()
  }

  func read(_ file: SplitStatsRecord.File) throws -> [ExampleRecord] {
    let name = try StoragePath(parsing: file.path)
    var reader = try NDJSONReader(path.appending(name), in: root, mode: .strict)
    return try reader.records(ExampleRecord.self)
  }
}
