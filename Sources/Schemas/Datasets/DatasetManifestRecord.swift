/// What a dataset is and every file of it: `dataset_manifest.json`, written last, so that its presence means complete.
public struct DatasetManifestRecord: Record, Hashable {
  public static let schema = "codex.dataset_manifest/1"

  /// The name under which it was asked for, e.g. `reasoning/baseline`.
  public let preset: String
  /// The worlds of its problems, none twice.
  public let worlds: [String]
  /// How solutions are written.
  public let style: String
  /// Seed of the streams; absent for an import.
  public let seed: Int?
  /// Levels drawn in turn, by world; empty for an import.
  public let levels: [String: [Int]]
  /// Version of the generators: examples of equal seeds are equal only within one version.
  public let generatorVersion: Int
  /// SHA-256 over the bytes of all example files in reading order: the dataset's identity.
  public let contentDigest: Digest
  /// Examples in all files.
  public let exampleCount: Int
  /// The imported file; absent for generated data.
  public let source: Source?
  /// Every other file of the directory, in order of writing.
  public let files: [FileEntry]

  /// What was imported.
  public struct Source: Codable, Hashable, Sendable {
    /// The file's name, without its directory.
    public let name: String
    public let digest: Digest
    public let rowCount: Int

    public init(name: String, digest: Digest, rowCount: Int) {
      self.name = name
      self.digest = digest
      self.rowCount = rowCount
    }

    enum CodingKeys: String, CodingKey {
      case name, digest
      case rowCount = "row_count"
    }
  }

  public init(
    preset: String, worlds: [String], style: String, seed: Int?, levels: [String: [Int]], generatorVersion: Int,
    contentDigest: Digest, exampleCount: Int, source: Source?, files: [FileEntry]
  ) {
    self.preset = preset
    self.worlds = worlds
    self.style = style
    self.seed = seed
    self.levels = levels
    self.generatorVersion = generatorVersion
    self.contentDigest = contentDigest
    self.exampleCount = exampleCount
    self.source = source
    self.files = files
  }

  enum CodingKeys: String, CodingKey {
    case preset, worlds, style, seed, levels, source, files
    case generatorVersion = "generator_version"
    case contentDigest = "content_digest"
    case exampleCount = "example_count"
  }
}
