import OrderedCollections

/// Keys of block mappings, which stand on one line with their `:`.
extension YAMLParser {
  /// Whether this line goes on with a key. Looks, and takes nothing.
  var isAtImplicitKey: Bool {
    var ahead = cursor
    while ahead.isAt("&") || ahead.isAt("!") {
      while !ahead.current.isYAMLSpace { ahead.position += 1 }
      ahead.skipBlanks()
    }
    switch Unicode.Scalar(ahead.current) {
    case "[", "{", "|", ">": return false
    case "\"", "'": guard ahead.skipQuotedLine() else { return false }
    case "*": while !ahead.current.isYAMLSpace { ahead.position += 1 }
    default: ahead.position = plainEnd(from: ahead.position, inFlow: false)
    }
    ahead.skipBlanks()
    return ahead.isAtIndicator(":")
  }

  mutating func implicitKey() throws -> YAMLNode {
    guard isAtImplicitKey else {
      throw cursor.error("a key and ':' are missing here; write 'key: value', or indent the line more")
    }
    var properties = YAMLProperties()
    try takeProperties(into: &properties, inFlow: false)
    let origin = cursor.origin()
    let key: YAMLNode
    switch Unicode.Scalar(cursor.current) {
    case "*": key = try alias(properties)
    case "\"", "'": key = try scalar(try quoted(in: -1), .quoted, properties, origin: origin)
    default: key = try scalar(try plainLine(inFlow: false), .plain, properties, origin: origin)
    }
    cursor.skipBlanks()
    cursor.position += 1
    return key
  }
}

extension YAMLCursor {
  /// Skips a quoted scalar, and returns whether it ends in this line.
  fileprivate mutating func skipQuotedLine() -> Bool {
    let quote = current
    position += 1
    while !isAtEnd, !current.isYAMLBreak {
      let byte = current
      position += byte == UInt8(ascii: "\\") && quote == UInt8(ascii: "\"") ? 2 : 1
      if byte == quote {
        guard quote == UInt8(ascii: "'"), current == quote else { return true }
        position += 1
      }
    }
    return false
  }
}

/// The entries of a mapping while it is read.
struct YAMLEntries {
  private var own: OrderedDictionary<String, ConfigNode> = [:]
  private var merged: OrderedDictionary<String, ConfigNode> = [:]
  private var hasMerged = false

  /// Merged entries come first and lose against the mapping's own, as in YAML 1.1.
  var all: OrderedDictionary<String, ConfigNode> { merged.merging(own) { _, own in own } }

  /// - Throws: `ConfigError` for a key that is no short scalar or was there before.
  mutating func add(_ key: YAMLNode, _ value: YAMLNode) throws {
    let text = try key.key(), value = try value.value()
    if key.isMergeKey {
      guard !hasMerged else { throw ConfigError.duplicateKey(key: text, origin: key.origin) }
      hasMerged = true
      try merge(value)
    } else if own.updateValue(value, forKey: text) != nil {
      throw ConfigError.duplicateKey(key: text, origin: key.origin)
    }
  }

  /// `<<: *a` or `<<: [*a, *b]`, of which the first wins and, as PyYAML has it, comes last.
  private mutating func merge(_ value: ConfigNode) throws {
    var sources = [value]
    if case .list(let elements) = value.value { sources = elements }
    for source in sources.reversed() {
      guard case .mapping(let entries) = source.value else {
        throw ConfigError.unreadableYAML(
          origin: source.origin,
          problem: "'<<' merges a mapping or a list of mappings; name them by aliases, or quote the key")
      }
      merged.merge(entries) { _, new in new }
    }
  }
}
