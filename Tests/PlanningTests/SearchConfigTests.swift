import Composition
import Planning
import Testing

@Suite struct SearchConfigTests {  // Sources/Planning/SearchConfig.swift, SearchConfig+Reading.swift
  private func config(_ overrides: [String] = []) throws -> SearchConfig {
    let sources = ConfigSources(
      builtIn: ["c.yaml": "defaults: [search: greedy, _self_]\n"].merging(
        BuiltInConfigs.files.filter { $0.key.hasPrefix("search/") }, uniquingKeysWith: { own, _ in own }))
    return try SearchConfig(Composer(sources).compose(config: "c", overrides: overrides))
  }

  @Test func init_readsTheBuiltInPresets() throws {
    #expect(
      try config()
        == SearchConfig(mode: .greedy, budget: 256, beam: 4, temperature: 1, valueWeight: 1, tokenBudget: 160))
    #expect(try config(["search=best_first"]).mode == .bestFirst)
    #expect(try config(["search=best_first"]).budget == 64)
  }

  @Test func init_reportsEveryProblemAtOnce() throws {
    do {
      _ = try config(["search.mode=astar", "search.budget=0", "search.temperature=0", "+search.beams=3"])
      Issue.record("accepted")
    } catch let error as ConfigError {
      let text = error.description
      #expect(text.contains("'search.mode' is 'astar'; allowed: greedy, best-first, sampling, uniform."))
      #expect(text.contains("'search.budget' is 0; allowed: 1…1000000."))
      #expect(
        text.contains("'search.temperature' is 0; allowed: 0.01…10.0.") || text.contains("'search.temperature' is 0.0;")
      )
      #expect(text.contains("no setting 'search.beams'. Did you mean 'search.beam'?"))
    }
  }

  @Test func with_changesModeAndBudgetOnly() {
    let base = SearchConfig(mode: .greedy, budget: 9, beam: 3, temperature: 0.5, valueWeight: 2, tokenBudget: 77)
    #expect(
      base.with(mode: .sampling, budget: 64)
        == SearchConfig(mode: .sampling, budget: 64, beam: 3, temperature: 0.5, valueWeight: 2, tokenBudget: 77))
  }
}
