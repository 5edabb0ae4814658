import Composition
import Datasets
import Evaluation
import Schemas
import Storage
import Testing
import Worlds

/// benchmarks/cot-lite/v0 is what its preset generates, and what configs/evaluation/cot_lite.yaml asks.
@Suite struct CotLiteTests {
  private let composer = Composer(ConfigSources(builtIn: BuiltInConfigs.files))

  private func repository() throws -> StorageRoot {
    let here = "Tests/EvaluationTests/CotLiteTests.swift"
    return try StorageRoot(opening: String(#filePath.dropLast(here.count)))
  }

  private func pinned() throws -> PinnedDataset {
    try #require(try EvaluationConfig(composer.compose(config: "evaluation/cot_lite", overrides: [])).dataset)
  }

  /// Files of the directory that differ from those that the preset gives under `overrides`.
  private func differences(_ overrides: [String]) throws -> [String] {
    let pinned = try pinned()
    let preset = try composer.compose(config: "datasets/\(pinned.preset)", overrides: overrides)
    let workspace = try TemporaryWorkspace()
    try Materializer.materialize(DatasetConfig(preset), at: "d", in: workspace.root)
    let repository = try repository()
    let names = try Set(repository.list(pinned.path)).union(workspace.root.list("d"))
    return names.filter { name in
      let committed = try? repository.read(pinned.path.appending(name), limit: 1 << 24)
      let made = try? workspace.root.read(StoragePath("d").appending(name), limit: 1 << 24)
      return committed == nil || committed != made
    }.map(\.text)
  }

  @Test func files_areWhatThePresetGenerates() throws {
    #expect(try differences([]) == [])
    #expect(try !differences(["dataset.seed=1"]).isEmpty, "the control: another seed is noticed")
  }

  @Test func problems_areFiveHundredAWorldAndHeldOut() throws {
    let dataset = try pinned().open(in: repository())
    let problems = try ProblemSet(.test, of: dataset, limit: 1_000_000).problems
    let worlds = Dictionary(grouping: problems, by: \.problem.world).mapValues(\.count)
    #expect(worlds == [.arithmetic: 500, .countdown: 500])
    #expect(problems.allSatisfy { SplitRule.standard.split(of: $0.problem) == .test })
    #expect(try dataset.examples(.train).isEmpty && dataset.examples(.validation).isEmpty)
    #expect(try DatasetVerifier.findings(at: pinned().path, in: repository()) == [])
  }

  /// Every template holds out the same buckets, whatever its preset: none can have trained on these problems.
  @Test func templates_shareTheSalt() throws {
    let catalog = TemplateCatalog(ConfigSources(builtIn: BuiltInConfigs.files))
    for name in catalog.names {
      #expect(try DatasetConfig(catalog.compose(name)).splitRule == .standard, "\(name)")
    }
  }

  @Test func readme_namesTheDigest() throws {
    let page = try repository().read("benchmarks/cot-lite/README.md", limit: 1 << 20)
    #expect(String(decoding: page, as: UTF8.self).contains(try pinned().digest.description))
  }
}
