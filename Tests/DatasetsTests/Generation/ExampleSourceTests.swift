import Composition
import Datasets
import Testing
import Worlds

@Suite struct ExampleSourceTests {
  @Test(arguments: WorldKind.allCases)
  func example_isAFunctionOfPresetSeedAndIndex(world: WorldKind) {
    let source = ExampleSource(SmallDatasets.config(world))
    let forward = (0..<50).map { source.example(.train, $0).record }
    let backward = (0..<50).reversed().map { ExampleSource(SmallDatasets.config(world)).example(.train, $0).record }
    #expect(forward == backward.reversed())
    let other = ExampleSource(SmallDatasets.config(world, seed: 4))
    #expect(forward != (0..<50).map { other.example(.train, $0).record })
  }

  @Test(arguments: WorldKind.allCases, Split.allCases)
  func example_fallsIntoItsSplitAndLevel(world: WorldKind, split: Split) throws {
    let config = SmallDatasets.config(world)
    let source = ExampleSource(config)
    for index in 0..<200 {
      let example = source.example(split, index)
      #expect(config.splitRule.split(of: example.exercise.problem) == split && example.record.split == split.rawValue)
      let levels = try #require(config.levels[world])
      #expect(example.record.level == levels[index % levels.count])
      let (problem, plan) = try example.record.content()
      #expect(problem == example.exercise.problem && plan == example.exercise.plan(style: config.style))
    }
  }

  @Test func example_takesWorldsAndTheirLevelsInTurn() throws {
    let source = ExampleSource(SmallDatasets.bothWorlds)
    let records = (0..<12).map { source.example(.test, $0).record }
    #expect(records.map(\.world) == (0..<6).flatMap { _ in ["arithmetic", "countdown"] })
    #expect(records.map(\.level) == [2, 1, 5, 2, 7, 3, 2, 1, 5, 2, 7, 3])
  }

  /// Countdown has few problems that need a quotient, so many of its draws are in vain: no other world fills its share.
  @Test func distinctExamples_giveEveryWorldItsShare() throws {
    let levels: [WorldKind: [Int]] = [.arithmetic: [2, 3], .countdown: [3]]
    let config = DatasetConfig(preset: "tests/shares", levels: levels, sizes: [:], seed: 1)
    let records = try ExampleSource(config).distinctExamples(.test, count: 801)
    let counts = Dictionary(grouping: records, by: \.world).mapValues(\.count)
    #expect(counts == ["arithmetic": 401, "countdown": 400])
    #expect(Set(records.map(\.id)).count == 801)
    let last = try #require(records.last)
    #expect(last.index > 801, "the control: no draw was in vain, so no share was at risk")
  }

  /// Published figures rest on these problems: the digests were taken before datasets could hold several worlds.
  @Test(arguments: [
    ("baseline", "sha256:892a9cf5d6a599f43aca18a7d23649ad7384391663532a2fdd5e1909475c5cf2"),
    ("countdown", "sha256:9256abdf1f0f73f578a21060750b811e6231569783fe78a23b62ed3901f258f1"),
    ("chain_of_thought", "sha256:b67360a1cd17c3a133a165eff347b44a0cdb48cf642c4bcce1c001f34b6b1321"),
    ("tool_execution", "sha256:2d63e86b2145868374c050741d6f45d6bc9f7dff7f19b89a0cb47c2c562f521c"),
  ])
  func examples_ofPresetsWithOneWorldStay(preset: String, digest: String) throws {
    let directory = try TemporaryDirectory()
    let resolved = try Composer(ConfigSources(builtIn: BuiltInConfigs.files)).compose(
      config: "datasets/reasoning/\(preset)", overrides: ["dataset.sizes.train=2000"])
    let manifest = try Materializer.materialize(DatasetConfig(resolved), at: "d", in: directory.root)
    #expect(manifest.contentDigest.description == digest)
  }

  @Test func distinctExamples_saysWhenThereAreNoMore() throws {
    // Two steps over numbers up to 50 have some 10⁵ sums and differences; a million are not to be had.
    let config = DatasetConfig(preset: "tests/greedy", world: .countdown, levels: [3], sizes: [.test: 100_000], seed: 1)
    do {
      _ = try ExampleSource(config).distinctExamples(.test, count: 100_000)
      Issue.record("found them")
    } catch let error as DatasetsError {
      guard case .exhausted(_, .test, let found, 100_000, 10_000) = error else { throw error }
      #expect(
        error.description
          == """
          dataset 'tests/greedy': expected 100000 different problems for test, found \(found), and none new in 10000 draws. \
          Ask for fewer (dataset.sizes.test) or for more levels (dataset.levels).
          """)
    }
  }
}
