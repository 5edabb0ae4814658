extension YAMLScalar {
  /// What `!!` stands for.
  static let core = "tag:yaml.org,2002:"

  /// What a scalar means with or without a tag.
  ///
  /// - Parameters:
  ///   - isPlain: Whether it is unquoted; quoted text is text unless a tag says otherwise.
  ///   - tag: With `!!` written out; nil for none.
  /// - Throws: `ConfigError.unreadableYAML`.
  static func value(of text: String, isPlain: Bool, tag: String?, origin: Origin) throws -> ConfigValue {
    if tag == nil && !isPlain || tag == core + "str" {
      return .string(text)
    }
    let name = tag.map { $0.hasPrefix(core) ? $0.dropFirst(core.count) : "" }
    switch (meaning(ofPlain: text), name) {
    case (.value(let value), nil): return value
    case (.tooLarge, _):
      throw ConfigError.unreadableYAML(origin: origin, problem: "the integer \(text) does not fit 64 bits")
    case (.reserved(let name), _):
      throw ConfigError.unreadableYAML(
        origin: origin, problem: "could not determine a constructor for the tag '\(core)\(name)'; quote the value")
    case (.value(.null), "null"): return .null
    case (.value(.bool(let flag)), "bool"): return .bool(flag)
    case (.value(.int(let integer)), "int"): return .int(integer)
    case (.value(.float(let double)), "float"): return .float(double)
    case (.value(.int(let integer)), "float"): return .float(Double(integer))
    case (_, "null"), (_, "bool"), (_, "int"), (_, "float"):
      throw ConfigError.unreadableYAML(
        origin: origin, problem: "'\(text)' cannot be read with the tag '\(tag ?? "")'; leave the tag out")
    default:
      throw ConfigError.unreadableYAML(origin: origin, problem: "unsupported: the tag '\(tag ?? "")'; leave it out")
    }
  }
}
