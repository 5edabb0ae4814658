import Schemas
import Storage

/// Generates a dataset and writes it down.
public enum Materializer {
  /// Writes the dataset of `config` to the directory `path`: equal inputs give equal bytes.
  ///
  /// - Parameters:
  ///   - curriculum: Divides the training examples into files.
  ///   - replacing: Whether an existing directory is exchanged, in one step.
  /// - Throws: `DatasetsError`, `StorageError`; nothing is visible then.
  @discardableResult
  public static func materialize(
    _ config: DatasetConfig, curriculum: CurriculumConfig = .single, at path: StoragePath, in root: StorageRoot,
    replacing: Bool = false
  ) throws -> DatasetManifestRecord {
    try writer(config, curriculum).publish(records(config), at: path, in: root, replacing: replacing)
  }

  /// The content digest of the dataset of `config`, which is made for this and not written.
  ///
  /// - Throws: `DatasetsError`.
  public static func contentDigest(_ config: DatasetConfig, curriculum: CurriculumConfig = .single) throws -> Digest {
    try writer(config, curriculum).contentDigest(records(config))
  }

  private static func records(_ config: DatasetConfig) throws -> [Split: [ExampleRecord]] {
    let source = ExampleSource(config)
    var records: [Split: [ExampleRecord]] = [:]
    for split in Split.allCases {
      records[split] = try source.distinctExamples(split, count: config.sizes[split] ?? 0)
    }
    return records
  }

  private static func writer(_ config: DatasetConfig, _ curriculum: CurriculumConfig) -> DatasetWriter {
    DatasetWriter(
      preset: config.preset, worlds: config.worlds.map(\.rawValue), style: config.style.rawValue, seed: config.seed,
      levels: Dictionary(uniqueKeysWithValues: config.levels.map { ($0.rawValue, $1) }), splitRule: config.splitRule,
      curriculum: curriculum, source: nil)
  }
}
