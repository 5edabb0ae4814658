/// A configuration whose files are merged and whose overrides are applied; interpolations still stand.
public struct ComposedConfig: Sendable {
  /// The name of the primary config.
  public let name: String
  /// A mapping, without the section `hydra`: what Hydra prints for `--cfg job`.
  public let root: ConfigNode
  /// The section `hydra`: where to search, what to sweep.
  public let hydra: ConfigNode
  /// The choice of each config group in the order met; nil for `null`.
  public let choices: [(group: String, choice: String?)]
  /// The configs that were merged, in order.
  public let included: [IncludedConfig]
  /// The same as a tree, with choices that include nothing.
  public let tree: IncludeTree
  /// The overrides as typed.
  public let overrides: [String]
  /// Where configs were looked up, in order.
  public let searchPath: [ConfigSources.Place]
  /// Sweeps written in the configs, in the order merged.
  let sweeps: [SweepBlock]
}

extension ComposedConfig {
  /// The value at a dotted path without its interpolations; nil if there is none. The empty path is the whole.
  ///
  /// Only that value is resolved: what does not resolve elsewhere does no harm, as with Hydra's `--package`.
  ///
  /// - Parameter inputs: What `oc.env` and `now` may tell; nothing by default.
  /// - Throws: `ConfigError.interpolation`.
  public func resolvedValue(at path: String, inputs: ResolverInputs = ResolverInputs()) throws -> ConfigNode? {
    var resolver = InterpolationResolver(root: root, hydra: HydraSection.runtime(of: self), inputs: inputs)
    return try resolver.resolvedValue(at: ConfigPath(path))
  }
}
