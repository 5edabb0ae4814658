import Composition
import Datasets
import Evaluation
import Planning
import Testing

@Suite struct EvaluationConfigTests {  // Sources/Evaluation/EvaluationConfig.swift
  private func config(_ overrides: [String] = []) throws -> EvaluationConfig {
    try EvaluationConfig(
      Composer(ConfigSources(builtIn: BuiltInConfigs.files)).compose(
        config: "evaluation/reasoning", overrides: overrides))
  }

  @Test func init_readsTheCommittedConfig() throws {
    let config = try config()
    #expect(config.split == .test && config.dataset == nil)
    #expect(config.modes.map(\.mode) == [.greedy, .bestFirst, .sampling, .uniform])
    // One pass and one repair of at most 160 tokens each; the others search within 64.
    #expect(config.modes.map(\.budget) == [320, 64, 64, 64])
    #expect(config.maximumProblems >= 500)
  }

  @Test func init_takesOverridesAndIsIdentifiedByThem() throws {
    let changed = try config(["evaluation.budget=16", "evaluation.modes=[uniform]", "evaluation.split=validation"])
    #expect(changed.modes.map(\.budget) == [16])
    #expect(changed.split == .validation)
    #expect(changed.digest != (try config().digest))
  }

  @Test(arguments: [
    ("evaluation.modes=[]", "'evaluation.modes' is"),
    ("evaluation.modes=[greedy,greedy]", "one mode or more, none twice"),
    ("evaluation.split=held_out", "allowed: train, validation, test"),
    ("evaluation.dataset={preset: p, path: ../p, digest: 7}", "a relative path in the workspace"),
    ("evaluation.dataset={preset: p, path: p, digest: 'sha256:7'}", "64 lower-case hexadecimal digits"),
    ("evaluation.max_problems=0", "allowed: 1…1000000"),
    ("+evaluation.budgets=1", "Did you mean 'evaluation.budget'?"),
  ]) func init_refuses(override: String, sentence: String) throws {
    do {
      _ = try config([override])
      Issue.record("accepted \(override)")
    } catch let error as ConfigError {
      #expect(error.description.contains(sentence), "\(error)")
    }
  }
}
