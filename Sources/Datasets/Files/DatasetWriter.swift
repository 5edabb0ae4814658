import Schemas
import Storage

/// Writes a dataset as one directory that appears complete or not at all.
package struct DatasetWriter {
  package let preset: String
  package let worlds: [String]
  package let style: String
  package let seed: Int?
  package let levels: [String: [Int]]
  package let splitRule: SplitRule
  package let curriculum: CurriculumConfig
  package let source: DatasetManifestRecord.Source?

  package init(
    preset: String, worlds: [String], style: String, seed: Int?, levels: [String: [Int]], splitRule: SplitRule,
    curriculum: CurriculumConfig, source: DatasetManifestRecord.Source?
  ) {
    self.preset = preset
    self.worlds = worlds
    self.style = style
    self.seed = seed
    self.levels = levels
    self.splitRule = splitRule
    self.curriculum = curriculum
    self.source = source
  }

  /// Throws unless nothing stands at `path`, or a directory with a dataset's manifest and no file beyond those it lists:
  /// replacing must never take away what somebody else put there.
  private static func checkIsDataset(_ path: StoragePath, in root: StorageRoot) throws {
    guard try root.kind(of: path) == .directory else { return }  // publishing refuses other kinds by itself
    let known = try? root.read(DatasetManifestRecord.self, at: path.appending(DatasetFiles.manifest))
    guard let known else {
      throw DatasetsError.notADataset(path: root.name(path), reason: "it has no readable \(DatasetFiles.manifest)")
    }
    let listed = Set(known.files.map(\.path) + [DatasetFiles.manifest.description])
    if let other = try root.files(below: path).first(where: { !listed.contains($0.description) }) {
      throw DatasetsError.notADataset(path: root.name(path), reason: "it holds '\(other)' besides")
    }
  }

  /// Throws if a directory above `path` is a dataset: its manifest lists every file in it.
  private static func checkIsOutside(_ path: StoragePath, in root: StorageRoot) throws {
    for count in 1..<max(1, path.components.count) {
      let above = StoragePath(Array(path.components.prefix(count)))
      guard try root.kind(of: above) == .directory, try root.exists(above.appending(DatasetFiles.manifest)) else {
        continue
      }
      throw DatasetsError.insideADataset(path: root.name(path), dataset: root.name(above))
    }
  }

  /// The content digest of the dataset that `publish` would write.
  ///
  /// - Throws: `DatasetsError.unassigned`.
  func contentDigest(_ records: [Split: [ExampleRecord]]) throws -> Digest {
    var content = DigestStream()
    for record in try groups(records).flatMap(\.1) { content.update(try Self.line(record)) }
    return content.finish()
  }

  private static func line(_ record: ExampleRecord) throws -> [UInt8] {
    try RecordEncoder().bytes(of: record) + [UInt8(ascii: "\n")]
  }

  /// Writes and publishes the directory at `path`.
  ///
  /// - Parameter records: By split, each list without duplicates.
  /// - Throws: `DatasetsError.unassigned`, `StorageError`; nothing is visible then.
  package func publish(
    _ records: [Split: [ExampleRecord]], at path: StoragePath, in root: StorageRoot, replacing: Bool
  ) throws -> DatasetManifestRecord {
    let groups = try self.groups(records)
    try Self.checkIsOutside(path, in: root)
    if replacing { try Self.checkIsDataset(path, in: root) }
    var manifest: DatasetManifestRecord?
    try root.publishDirectory(path, replacing: replacing) { staging in
      var content = DigestStream()
      var files: [SplitStatsRecord.File] = []
      for (group, records) in groups {
        let name = try StoragePath(parsing: group.fileName)
        let entry = try staging.writeFile(name) { file in
          for record in records {
            let line = try Self.line(record)
            content.update(line)
            try file.append(line)
          }
        }
        files.append(DatasetStatistics.file(group, records, digest: entry.digest))
      }
      try staging.write(DatasetFiles.checksums, record: SplitChecksumsRecord(files: staging.entries))
      try staging.write(DatasetFiles.splitManifest, record: splitManifest(groups))
      try staging.write(
        DatasetFiles.statistics,
        record: SplitStatsRecord(
          partition: DatasetStatistics.partition(curriculum), files: files,
          totalCategoryCounts: DatasetStatistics.totals(files)))
      try staging.write(DatasetFiles.histogram, Array(DatasetStatistics.histogram(files).utf8))
      let record = DatasetManifestRecord(
        preset: preset, worlds: worlds, style: style, seed: seed, levels: levels,
        generatorVersion: ExampleSource.generatorVersion, contentDigest: content.finish(),
        exampleCount: groups.reduce(0) { $0 + $1.1.count }, source: source, files: staging.entries)
      try staging.seal(DatasetFiles.manifest, manifest: record)
      manifest = record
    }
    guard let manifest else { preconditionFailure("publishDirectory returns only after its body") }
    return manifest
  }

  /// The files in reading order: training stages, validation, test.
  private func groups(_ records: [Split: [ExampleRecord]]) throws -> [(ExampleGroup, [ExampleRecord])] {
    let training = try CurriculumPartition.divide(records[.train] ?? [], by: curriculum)
    let isSingle = curriculum.stages.count == 1
    let stages = zip(curriculum.stages, training).map { stage, records in
      (
        ExampleGroup(fileName: isSingle ? Split.train.fileName : stage.fileName, split: .train, stage: stage.id),
        records
      )
    }
    let heldOut = [Split.validation, .test].map { split in
      (ExampleGroup(fileName: split.fileName, split: split, stage: nil), records[split] ?? [])
    }
    return stages + heldOut
  }

  private func splitManifest(_ groups: [(ExampleGroup, [ExampleRecord])]) -> SplitManifestRecord {
    SplitManifestRecord(
      salt: splitRule.salt, bucketCount: SplitRule.bucketCount,
      splits: Split.allCases.map { split in
        let own = groups.filter { $0.0.split == split }
        return SplitManifestRecord.Split(
          name: split.rawValue, buckets: SplitRule.buckets(of: split), count: own.reduce(0) { $0 + $1.1.count },
          files: own.map(\.0.fileName), idDigest: Self.idDigest(own.flatMap(\.1)))
      })
  }

  /// Digest of the sorted ids, one a line.
  static func idDigest(_ records: [ExampleRecord]) -> Digest { Digest(ofLines: records.map(\.id).sorted()) }
}
