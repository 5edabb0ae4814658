import Composition

/// A configuration that a command line asks for: where configs are, the primary one, and overrides.
struct CompositionRequest {
  let sources: ConfigSources
  /// The primary config's name.
  let config: String
  /// As typed.
  let overrides: [String]
  /// What the configuration may know of the environment and the clock: nothing, unless the user asked for it. A run's
  /// configuration is thus a function of its files and overrides.
  var inputs = ResolverInputs()

  var composer: Composer { Composer(sources, inputs: inputs) }

  /// - Throws: `ConfigError`, also from the other members.
  func composed() throws -> ComposedConfig { try composer.composeUnresolved(config: config, overrides: overrides) }

  func resolved() throws -> ResolvedConfig { try composer.compose(config: config, overrides: overrides) }

  /// The same primary config under other overrides.
  func with(_ overrides: [String]) -> CompositionRequest {
    CompositionRequest(sources: sources, config: config, overrides: overrides, inputs: inputs)
  }

  /// The runs that the sweeps among the overrides and in the configs stand for; one if there is none.
  ///
  /// - Throws: `ConfigError` for a sweep that cannot be enumerated.
  func jobs() throws -> [MultirunJob] {
    try composer.sweep(config: config, overrides: overrides).runs.enumerated().map { index, run in
      MultirunJob(
        index: index, overrides: run.texts,
        values: run.choices.map { ($0.keyText, String($0.text.drop { $0 != "=" }.dropFirst())) })
    }
  }

  /// The first of those runs: what all have in common can be asked of it.
  func firstOfMany() throws -> CompositionRequest { with(try jobs().first?.overrides ?? overrides) }
}

/// A verb that composes a configuration; completion and the check of documents ask which.
protocol ComposingVerb: Verb {
  /// What the command line asks for; nil if it asks for none, such as a run that is resumed as it was.
  ///
  /// - Throws: `ConfigError` for a name that does not exist.
  func request(in session: Session) throws -> CompositionRequest?
}

extension Session {
  /// Composes and resolves, and says what a person should know about the result.
  func resolved(_ request: CompositionRequest) throws -> ResolvedConfig {
    let resolved = try request.resolved()
    warn(of: resolved.notices)
    return resolved
  }

  func warn(of notices: [ConfigNotice]) {
    for notice in notices { talk.warn("\(notice.origin): \(notice.message)") }
  }

  /// A template's configuration under `overrides`.
  ///
  /// - Throws: `ConfigError.unknownTemplate`.
  func request(template name: String, overrides: [String]) throws -> CompositionRequest {
    let sources = try configSources()
    let names = TemplateCatalog(sources).names
    guard names.contains(name) else {
      throw ConfigError.unknownTemplate(name: name, nearest: Suggestion.nearest(to: name, among: names))
    }
    return CompositionRequest(sources: sources, config: TemplateCatalog.config(name), overrides: overrides)
  }

  /// The configuration of a config of the workspace, named as a file or as a config.
  func request(config text: String, overrides: [String]) throws -> CompositionRequest {
    CompositionRequest(sources: try configSources(), config: ConfigPathText.name(text), overrides: overrides)
  }
}
