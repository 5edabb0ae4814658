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
