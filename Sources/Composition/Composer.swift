/// Composes a primary config and overrides into one configuration, as Hydra 1.3 does.
///
///     let resolved = try Composer(sources).compose(config: "training/reasoning/baseline", overrides: ["model=micro"])
///
/// Phases, each a pure function in its own file: `OverrideParser` → `DefaultsTreeBuilder` → `DefaultsList` →
/// `ConfigMerge` → `ConfigEdit` → `InterpolationResolver`.
public struct Composer: Sendable {
  let sources: ConfigSources

  public init(_ sources: ConfigSources) { self.sources = sources }

  /// Composes and resolves.
  ///
  /// - Parameters:
  ///   - config: The primary config's name, e.g. `training/reasoning/baseline`.
  ///   - overrides: As typed on the command line.
  /// - Throws: `ConfigError`, at the first problem.
  public func compose(config: String, overrides: [String] = []) throws -> ResolvedConfig {
    try ResolvedConfig(composeUnresolved(config: config, overrides: overrides))
  }

  /// Composes up to, and without, interpolation: what Hydra prints for `--cfg job`.
  public func composeUnresolved(config: String, overrides texts: [String] = []) throws -> ComposedConfig {
    let overrides = try OverrideParser.parse(texts)
    for override in overrides { try override.requireSingleRun() }
    let (groupOverrides, valueOverrides) = try GroupOverrides.split(overrides, sources: sources)
    var repository = ConfigRepository(sources)
    var builder = DefaultsTreeBuilder(repository: repository, overrides: groupOverrides)
    let tree = try builder.build(primary: config)
    let list = try DefaultsList(tree)
    try builder.overrides.requireAllUsed()
    var root = try ConfigMerge.merge(list.items, from: &repository)
    try ConfigEdit.apply(valueOverrides, to: &root)
    return ComposedConfig(
      name: config, root: root, choices: builder.overrides.choices.map { ($0.key, $0.name) }, sources: list.items,
      overrides: texts)
  }
}
