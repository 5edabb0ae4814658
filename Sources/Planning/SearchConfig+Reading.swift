import Composition

extension SearchConfig {
  /// Reads the section at `path` (config group `search`); `read.finish()` reports every problem in it.
  public init(reading read: inout ConfigReader, at path: String = "search") {
    let prefix = path.isEmpty ? "" : path + "."
    self.init(
      mode: read.enumeration(prefix + "mode"),
      budget: read.int(prefix + "budget", in: Self.budgets),
      beam: read.int(prefix + "beam", in: Self.beams),
      temperature: read.float(prefix + "temperature", in: Self.temperatures),
      valueWeight: read.float(prefix + "value_weight", in: Self.valueWeights),
      tokenBudget: read.int(prefix + "token_budget", in: Self.tokenBudgets))
  }

  /// Reads the section `search` of a composed configuration.
  ///
  /// - Throws: `ConfigError`, all problems together.
  public init(_ resolved: ResolvedConfig) throws {
    var read = ConfigReader(resolved, sections: ["search"])
    self.init(reading: &read)
    try read.finish()
  }
}
