import OrderedCollections

/// A configuration value and where it was written.
public struct ConfigNode: Sendable {
  public var value: ConfigValue
  public var origin: Origin

  public init(_ value: ConfigValue, origin: Origin) {
    self.value = value
    self.origin = origin
  }
}

/// What a configuration holds. Keys of mappings are strings and keep the order in which they were first written.
public indirect enum ConfigValue: Sendable {
  case null
  case bool(Bool)
  case int(Int)
  case float(Double)
  /// Also interpolations (`${a.b}`) until they are resolved, and the mandatory marker `???`.
  case string(String)
  case list([ConfigNode])
  case mapping(OrderedDictionary<String, ConfigNode>)
}

extension ConfigValue {
  /// A mapping written in code. Traps if a key comes twice.
  public static func mapping(inOrder entries: [(String, ConfigNode)]) -> ConfigValue {
    .mapping(OrderedDictionary(uniqueKeysWithValues: entries))
  }

  /// The text of a value that must be given before it is read.
  public static let missing = "???"

  public var isMissing: Bool {
    if case .string(Self.missing) = self { return true }
    return false
  }

  var isNull: Bool {
    if case .null = self { return true }
    return false
  }

  /// What kind of value this is, for messages.
  public var kindName: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .int: "an integer"
    case .float: "a number"
    case .string: "a string"
    case .list: "a list"
    case .mapping: "a mapping"
    }
  }

  /// Whether both hold the same values, wherever they were written. Mappings compare without order, numbers by type
  /// and value; NaN equals nothing.
  public func hasSameContent(as other: ConfigValue) -> Bool {
    switch (self, other) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.int(let left), .int(let right)): left == right
    case (.float(let left), .float(let right)): left == right
    case (.string(let left), .string(let right)): left == right
    case (.list(let left), .list(let right)):
      left.count == right.count && zip(left, right).allSatisfy { $0.value.hasSameContent(as: $1.value) }
    case (.mapping(let left), .mapping(let right)):
      left.count == right.count
        && left.allSatisfy { key, node in right[key].map { node.value.hasSameContent(as: $0.value) } ?? false }
    default: false
    }
  }
}

extension ConfigValue {
  /// Whether Python calls the two equal: `1`, `1.0` and `true` are.
  func pythonEquals(_ other: ConfigValue) -> Bool {
    switch (self, other) {
    case (.list(let left), .list(let right)):
      left.count == right.count && zip(left, right).allSatisfy { $0.value.pythonEquals($1.value) }
    case (.mapping(let left), .mapping(let right)):
      left.count == right.count
        && left.allSatisfy { key, node in right[key].map { node.value.pythonEquals($0.value) } ?? false }
    default:
      if let left = number, let right = other.number { left == right } else { hasSameContent(as: other) }
    }
  }

  private var number: Double? {
    switch self {
    case .bool(let flag): flag ? 1 : 0
    case .int(let integer): Double(integer)
    case .float(let double): double
    default: nil
    }
  }
}

extension ConfigNode {
  /// The entries, if this is a mapping.
  public var entries: OrderedDictionary<String, ConfigNode>? {
    guard case .mapping(let entries) = value else { return nil }
    return entries
  }

  /// The child under `key`: of a mapping by name, of a list by decimal index.
  public subscript(child key: String) -> ConfigNode? {
    switch value {
    case .mapping(let entries): entries[key]
    case .list(let elements): Int(key).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
    default: nil
    }
  }

  /// The node at a dotted path; the empty path is this node.
  public subscript(path path: String) -> ConfigNode? {
    path.isEmpty ? self : ConfigPath(path).keys.reduce(Optional(self)) { $0?[child: $1] }
  }
}
