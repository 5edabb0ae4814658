import Composition
import Datasets
import Testing

@Suite struct DatasetConfigTests {
  static let yaml = """
    dataset:
      preset: reasoning/small
      worlds: [countdown]
      style: tool_calls
      sizes: {train: 5, validation: 2, test: 1}
      levels: {countdown: [2, 1], arithmetic: [5]}
      split_salt: codex-1
      seed: 9
    """

  @Test func init_readsEveryKey() throws {
    let config = try DatasetConfig(SmallDatasets.composed(Self.yaml))
    #expect(
      config
        == DatasetConfig(
          preset: "reasoning/small", world: .countdown, style: .toolCalls, levels: [1, 2],
          sizes: [.train: 5, .validation: 2, .test: 1], splitRule: SplitRule(salt: "codex-1"), seed: 9))
  }

  @Test func init_readsSeveralWorlds() throws {
    let yaml = Self.yaml.replacing("[countdown]", with: "[countdown, arithmetic]")
    let config = try DatasetConfig(SmallDatasets.composed(yaml))
    #expect(config.worlds == [.arithmetic, .countdown])
    #expect(config.levels == [.arithmetic: [5], .countdown: [1, 2]])
  }

  @Test(arguments: [
    ("[]", "'dataset.worlds' is []; allowed: one world or more, none twice"),
    ("[countdown, countdown]", "allowed: one world or more, none twice"),
    ("[chess]", "'dataset.worlds.0' is 'chess'; allowed: arithmetic, countdown"),
  ])
  func init_refusesWorlds(worlds: String, sentence: String) throws {
    let error = #expect(throws: ConfigError.self) {
      try DatasetConfig(SmallDatasets.composed(Self.yaml.replacing("worlds: [countdown]", with: "worlds: \(worlds)")))
    }
    #expect(error?.description.contains(sentence) == true, "\(error?.description ?? "")")
  }

  @Test func init_reportsAllProblemsTogether() throws {
    let yaml = Self.yaml.replacing("tool_calls", with: "prose").replacing("seed: 9", with: "seed: -1")
      .replacing("[2, 1]", with: "[2, 2, 7]").replacing("split_salt", with: "split_sal")
    do {
      _ = try DatasetConfig(SmallDatasets.composed(yaml))
      Issue.record("accepted")
    } catch {
      let text = "\(error)"
      for part in [
        "'dataset.style' is 'prose'; allowed: actions, chain_of_thought, tool_calls, subgoals",
        "'dataset.levels.countdown.2' is 7; allowed: 1…3", "'dataset.seed' is -1", "dataset.split_salt",
      ] { #expect(text.contains(part), "\(part) is missing in: \(text)") }
    }
  }
}
