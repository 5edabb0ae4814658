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
      #expect(example.record.level == config.levels[index % config.levels.count])
      let (problem, plan) = try example.record.content()
      #expect(problem == example.exercise.problem && plan == example.exercise.plan(style: config.style))
    }
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
