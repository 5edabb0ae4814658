import OrderedCollections

/// One value of the override grammar. Unlike a configuration value it remembers the quotes it was typed in.
public indirect enum OverrideElement: Sendable {
  /// The mark around a quoted text.
  public enum Quote: Character, Sendable {
    case single = "'"
    case double = "\""
  }

  case null
  case bool(Bool)
  case int(Int)
  case float(Double)
  /// A text and the quotes it stood in, if any.
  case string(String, quote: Quote?)
  case list([OverrideElement])
  /// Keys are text as configurations have it: `{TRUE: 1, 1_000: 2}` has the keys `true` and `1000`.
  case mapping(OrderedDictionary<String, OverrideElement>)
}

extension OverrideElement {
  /// As a configuration value, written at `origin`.
  package func node(at origin: Origin) -> ConfigNode {
    let value: ConfigValue =
      switch self {
      case .null: .null
      case .bool(let flag): .bool(flag)
      case .int(let integer): .int(integer)
      case .float(let double): .float(double)
      case .string(let text, _): .string(text)
      case .list(let elements): .list(elements.map { $0.node(at: origin) })
      case .mapping(let entries): .mapping(entries.mapValues { $0.node(at: origin) })
      }
    return ConfigNode(value, origin: origin)
  }

  /// The same value without quotes around it; quotes inside collections stay. Arguments of functions are read so.
  var unquoted: OverrideElement {
    if case .string(let text, _) = self { return .string(text, quote: nil) }
    return self
  }

  /// What kind of value this is, for messages.
  var kindName: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .int: "an integer"
    case .float: "a number"
    case .string: "a text"
    case .list: "a list"
    case .mapping: "a mapping"
    }
  }
}
