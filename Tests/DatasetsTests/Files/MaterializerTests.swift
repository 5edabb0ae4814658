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
    #expect(try dataset.examples(stage: "A").allSatisfy { $0.category == "additive" && $0.stepCount <= 3 })
    let train = try dataset.examples(.train)
    #expect(train.count == 60 && Set(train.map(\.id)).count == 60)
    // The stages hold what a dataset without stages holds.
    try Materializer.materialize(config, at: "single", in: directory.root)
    #expect(try Set(Dataset(at: "single", in: directory.root).examples(.train)) == Set(train))
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
