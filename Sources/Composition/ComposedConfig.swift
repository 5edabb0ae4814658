/// A configuration whose files are merged and whose overrides are applied; interpolations still stand.
public struct ComposedConfig: Sendable {
  /// The name of the primary config.
  public let name: String
  /// A mapping.
  public let root: ConfigNode
  /// The choice of each config group in the order met; nil for `null`.
  public let choices: [(group: String, choice: String?)]
  /// The configs that were merged, in order.
  let sources: [DefaultsList.Item]
  /// The overrides as typed.
  public let overrides: [String]
}
