/// Composes a primary config and overrides into one configuration, as Hydra 1.3 does.
///
///     let resolved = try Composer(sources).compose(config: "training/reasoning/baseline", overrides: ["model=micro"])
///
/// Phases, each a pure function in its own file: `OverrideParser` → `DefaultsTreeBuilder` → `DefaultsList` →
/// `ConfigMerge` → `ConfigEdit` → `InterpolationResolver`. With several runs, `SweepPlan` comes first.
public struct Composer: Sendable {
  let sources: ConfigSources
  let inputs: ResolverInputs

  /// - Parameter inputs: What `oc.env` and `now` may tell configurations; nothing by default.
  public init(_ sources: ConfigSources, inputs: ResolverInputs = ResolverInputs()) {
    self.sources = sources
    self.inputs = inputs
  }

  /// Composes and resolves.
  ///
  /// - Parameters:
  ///   - config: The primary config's name, e.g. `training/reasoning/baseline`.
  ///   - overrides: As typed on the command line.
  /// - Throws: `ConfigError`, at the first problem.
  public func compose(config: String, overrides: [String] = []) throws -> ResolvedConfig {
    try ResolvedConfig(composeUnresolved(config: config, overrides: overrides), inputs: inputs)
  }

  /// Composes up to, and without, interpolation: what Hydra prints for `--cfg job`.
  public func composeUnresolved(config: String, overrides texts: [String] = []) throws -> ComposedConfig {
    let overrides = try OverrideParser.parse(texts)
    for override in overrides { try override.requireSingleRun() }
    return try Composition(config: config, overrides: overrides, sources: sources, inputs: inputs).result()
  }

  /// The runs that `overrides` and the sweeps written in the configs stand for.
  ///
  /// Sweeps come in this order, the first varying slowest: `hydra.sweeper.params`, `codex.sweep`, the command line; an
  /// override replaces an earlier sweep of the same key. Where options of a swept group bring sweeps of their own, those of
  /// one option follow those of another.
  ///
  /// - Throws: `ConfigError` for what cannot be read or enumerated. That each run composes is not checked here.
  public func sweep(config: String, overrides texts: [String]) throws -> SweepPlan {
    let overrides = try OverrideParser.parse(texts)
    return SweepPlan(
      runs: try SweepExpansion(config: config, sources: sources, inputs: inputs).runs(of: overrides))
  }
}
