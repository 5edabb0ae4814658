/// One override of the command line: `key=value`, `+key=value`, `++key=value`, `~key`, `~key=value`.
public struct Override: Sendable {
  /// What the prefix asks for.
  public enum Action: String, Sendable {
    /// No prefix: the key must exist.
    case change
    /// `+`: the key must not exist.
    case add
    /// `++`: the key may exist.
    case forceAdd
    /// `~`: the key must exist, with the value if one is given.
    case delete
  }

  public let action: Action
  /// A dotted path, or a config group such as `db/engine`.
  public let key: String
  /// What follows `@` in the key; empty for the global package.
  public let package: String?
  /// Nil only for a deletion without a value. `key=` has the empty string.
  public let value: ConfigNode?
  /// As it was typed.
  public let text: String
  public let origin: Origin

  /// The key with its package, as choices are named.
  var choiceKey: String { package.map { "\(key)@\($0)" } ?? key }
}
