import Composition
import Datasets
import Testing
import Training

/// Sources/Composition/Templates/LaterKeys.swift: what it leaves out of digests is what readers take for granted.
@Suite struct LaterKeysTests {
  private static let keys = ["dataset.path", "training.init_from", "training.signal"]

  private func resolved(_ overrides: [String]) throws -> ResolvedConfig {
    try Composer(ConfigSources(builtIn: BuiltInConfigs.files))
      .compose(config: "training/reasoning/baseline", overrides: overrides)
  }

  @Test func absence_isTheDefault() throws {
    let (with, without) = (try resolved([]), try resolved(Self.keys.map { "~\($0)" }))
    for key in Self.keys { #expect(with.subtree(key) != nil && without.subtree(key) == nil) }
    #expect(with.digest == without.digest)
    #expect(try TrainingConfig(with).signal == TrainingConfig(without).signal)
    #expect(try TrainingConfig(with).initFrom == nil && TrainingConfig(without).initFrom == nil)
    #expect(try DatasetConfig(with) == DatasetConfig(without))
  }

  @Test func anotherValue_counts() throws {
    let digest = try resolved([]).digest
    #expect(try resolved(["dataset.path=datasets/mine"]).digest != digest)
    #expect(try resolved(["training.init_from=a"]).digest != digest)
  }

  @Test func control_earlierKeysCountAtTheirDefaults() throws {
    #expect(try resolved(["~training.chunk_rows"]).digest != resolved([]).digest)
  }
}
