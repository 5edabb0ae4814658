import Datasets
import Schemas
import Storage
import Testing
import Worlds

@Suite struct MaterializerTests {
  @Test func materialize_replacesNothingButADataset() throws {
    let directory = try TemporaryDirectory()
    let config = SmallDatasets.config(train: 10, heldOut: 3)
    try directory.plant("d/thesis.txt", "years of work")
    #expect(throws: DatasetsError.self) {
      try Materializer.materialize(config, at: "d", in: directory.root, replacing: true)
    }
    #expect(try directory.names(in: "d") == ["thesis.txt"])
    try Materializer.materialize(config, at: "e", in: directory.root)
    try directory.plant("e/notes.txt", "mine")
    #expect(throws: DatasetsError.self) {
      try Materializer.materialize(config, at: "e", in: directory.root, replacing: true)
    }
    #expect(try directory.names(in: "e").contains("notes.txt"))
  }

  @Test(arguments: WorldKind.allCases)
  func materialize_givesTheSameBytesTwice(world: WorldKind) throws {
    let directory = try TemporaryDirectory()
    let config = SmallDatasets.config(world)
    let first = try Materializer.materialize(config, at: "a", in: directory.root)
    let second = try Materializer.materialize(config, at: "b", in: directory.root)
    #expect(first == second)
    #expect(try allBytes("a", in: directory.root) == allBytes("b", in: directory.root))
    let other = try Materializer.materialize(
      SmallDatasets.config(world, seed: 4), at: "c", in: directory.root)
    #expect(other.contentDigest != first.contentDigest)
  }

  @Test func materialize_writesOneFilePerStage() throws {
    let directory = try TemporaryDirectory()
    let config = SmallDatasets.config()
    try Materializer.materialize(config, curriculum: SmallDatasets.threeStages, at: "d", in: directory.root)
    #expect(
      try directory.root.list("d").map(\.text) == [
        "dataset_manifest.json", "split_checksums.json", "split_manifest.json", "split_stats.json", "stage_a.ndjson",
        "stage_b.ndjson", "stage_c.ndjson", "test.ndjson", "trace_length_histogram.txt", "validation.ndjson",
      ])
    let dataset = try Dataset(at: "d", in: directory.root)
    #expect(dataset.stages == ["A", "B", "C"])
    var first = try NDJSONReader("d/stage_a.ndjson", in: directory.root, mode: .strict)
    #expect(
      try first.records(ExampleRecord.self).allSatisfy { $0.category == "additive" && $0.stepCount <= 3 })
    let train = try dataset.examples(.train)
    #expect(train.count == 60 && Set(train.map(\.id)).count == 60)
    // The stages hold what a dataset without stages holds.
    try Materializer.materialize(config, at: "single", in: directory.root)
    #expect(try Set(Dataset(at: "single", in: directory.root).examples(.train)) == Set(train))
  }

  @Test func materialize_givesAControlTheCurriculumsDataset() throws {
    let directory = try TemporaryDirectory()
    let control = CurriculumConfig(stages: SmallDatasets.threeStages.stages, isShuffled: true)
    for (name, curriculum): (StoragePath, _) in [("a", SmallDatasets.threeStages), ("b", control)] {
      try Materializer.materialize(SmallDatasets.config(), curriculum: curriculum, at: name, in: directory.root)
    }
    #expect(try allBytes("a", in: directory.root) == allBytes("b", in: directory.root))
  }

  /// An earlier codex dealt a control's examples to stages at random and said so in the statistics.
  @Test func dataset_dealtByAnEarlierCodexIsReadAndSound() throws {
    let directory = try TemporaryDirectory()
    let root = directory.root
    try Materializer.materialize(
      SmallDatasets.config(), curriculum: SmallDatasets.threeStages, at: "d", in: root)
    let now = try Dataset(at: "d", in: root)
    let statistics = SplitStatsRecord(
      partition: .init(strategy: "shuffled", rules: now.statistics.partition.rules), files: now.statistics.files,
      totalCategoryCounts: now.statistics.totalCategoryCounts)
    try root.atomicReplace("d/split_stats.json", record: statistics)
    let bytes = try root.read("d/split_stats.json", limit: 1 << 20)
    let manifest = now.manifest
    let files = manifest.files.map { file in
      file.path == "split_stats.json"
        ? FileEntry(path: file.path, byteCount: bytes.count, digest: Digest(of: bytes)) : file
    }
    try root.atomicReplace(
      "d/dataset_manifest.json",
      record: DatasetManifestRecord(
        preset: manifest.preset, worlds: manifest.worlds, style: manifest.style, seed: manifest.seed,
        levels: manifest.levels, generatorVersion: manifest.generatorVersion, contentDigest: manifest.contentDigest,
        exampleCount: manifest.exampleCount, source: manifest.source, files: files))
    #expect(try Dataset(at: "d", in: root).statistics.partition.strategy == "shuffled")
    #expect(try Dataset(at: "d", in: root).stages == ["A", "B", "C"])
    #expect(try DatasetVerifier.findings(at: "d", in: root) == [])
  }

  @Test func materialize_doesNotReplaceUnlessAsked() throws {
    let directory = try TemporaryDirectory()
    let config = SmallDatasets.config()
    try Materializer.materialize(config, at: "d", in: directory.root)
    #expect(throws: StorageError.self) { try Materializer.materialize(config, at: "d", in: directory.root) }
    let changed = SmallDatasets.config(seed: 5)
    let manifest = try Materializer.materialize(changed, at: "d", in: directory.root, replacing: true)
    #expect(try Dataset(at: "d", in: directory.root).manifest == manifest)
  }

  @Test func materialize_leavesNothingBehindWhenItFails() throws {
    let directory = try TemporaryDirectory()
    let curriculum = CurriculumConfig(stages: [CurriculumStage(id: "A", categories: ["none"])])
    #expect(throws: DatasetsError.self) {
      try Materializer.materialize(SmallDatasets.config(), curriculum: curriculum, at: "d", in: directory.root)
    }
    #expect(try directory.names().isEmpty)
  }

  /// The golden file holds the configuration that made it, a line `---`, and the statistics, histogram and identity.
  /// Recording (`CODEX_RECORD_GOLDEN=1`) fails on purpose.
  @Test func materialize_reproducesTheGoldenStatistics() throws {
    let golden = try GoldenFile(named: "small_arithmetic.txt")
    let resolved = try SmallDatasets.composed(golden.config)
    let directory = try TemporaryDirectory()
    let manifest = try Materializer.materialize(
      DatasetConfig(resolved), curriculum: CurriculumConfig(resolved), at: "d", in: directory.root)
    let statistics = String(decoding: try directory.root.read("d/split_stats.json", limit: 1 << 20), as: UTF8.self)
    let histogram = try Dataset(at: "d", in: directory.root).histogram()
    try golden.expect("\(manifest.contentDigest)\n\(statistics)\(histogram)")
  }
}
