/// A node of a YAML text, before it is known whether it is a key or a value.
///
/// Keys are their text, whatever it would mean as a value.
struct YAMLNode {
  enum Content {
    case scalar(String, Style, tag: String?)
    case collection(ConfigValue)
  }

  /// How a scalar is written. Merge keys are plain; the `:` behind a quoted key needs no space in a flow collection.
  enum Style { case plain, quoted, block }

  let content: Content
  let origin: Origin
  /// Whether an alias stands here; the origin is that of the value.
  var isAlias = false

  /// - Throws: `ConfigError` for a scalar that its tag does not fit.
  func value() throws -> ConfigNode {
    switch content {
    case .collection(let value): ConfigNode(value, origin: origin)
    case .scalar(let text, let style, let tag):
      ConfigNode(
        try YAMLScalar.value(of: text, isPlain: style == .plain, tag: tag, origin: origin), origin: origin)
    }
  }

  /// - Throws: `ConfigError` for what is no short scalar.
  func key() throws -> String {
    guard case .scalar(let text, _, let tag) = content, text.utf8.count <= CompositionLimits.keyByteCount else {
      throw ConfigError.unreadableYAML(
        origin: origin,
        problem:
          "unsupported: a key must be a scalar of at most \(CompositionLimits.keyByteCount) bytes; name it otherwise")
    }
    if tag != nil { _ = try value() }
    return text
  }

  /// Whether this key is `<<`, unquoted.
  var isMergeKey: Bool {
    if case .scalar("<<", .plain, tag: nil) = content { !isAlias } else { false }
  }

  var isQuoted: Bool {
    if case .scalar(_, .quoted, _) = content { !isAlias } else { false }
  }
}
