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
  public let value: OverrideValue?
  /// As it was typed.
  public let text: String
  public let origin: Origin
}

extension Override {
  /// The key with its package, as choices are named.
  public var choiceKey: String { package.map { "\(key)@\($0)" } ?? key }

  /// What precedes the `=`, with its prefix: `++db@backup`.
  public var keyText: String {
    let prefix =
      switch action {
      case .change: ""
      case .add: "+"
      case .forceAdd: "++"
      case .delete: "~"
      }
    return prefix + choiceKey
  }

  /// The value as a configuration has it; nil for a deletion without a value, for a sweep and for a list edit.
  var node: ConfigNode? {
    guard case .element(let element)? = value else { return nil }
    return element.node(at: origin)
  }

  /// Whether the override is for several runs.
  public var isSweep: Bool { value?.isSweep ?? false }

  /// - Throws: `ConfigError.sweepInOneRun` if the override is for several runs.
  public func requireSingleRun() throws {
    guard let value, value.isSweep else { return }
    var isSimple = false
    if case .choice(let sweep) = value { isSimple = sweep.isSimple }
    throw ConfigError.sweepInOneRun(text: text, key: keyText, isSimple: isSimple)
  }

  /// The same override with one value of its sweep.
  func choosing(_ element: OverrideElement) -> Override {
    let text = "\(keyText)=\(element.source)"
    var place = origin
    if case .override(let index, _) = origin { place = .override(index: index, text: text) }
    return Override(action: action, key: key, package: package, value: .element(element), text: text, origin: place)
  }

  /// The same override with another value; it is still shown as it was typed.
  func replacingValue(with value: OverrideValue) -> Override {
    Override(action: action, key: key, package: package, value: value, text: text, origin: origin)
  }
}
