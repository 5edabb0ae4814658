/// Short spellings of values, for messages and for interpolation in strings.
package enum ConfigText {
  /// The value as a person would write it, at most 60 characters.
  package static func brief(_ value: ConfigValue) -> String {
    let text =
      switch value {
      case .null: "null"
      case .bool(let flag): flag ? "true" : "false"
      case .int(let integer): String(integer)
      case .float(let double): FloatText.yaml(double)
      case .string(let string): "'\(string)'"
      case .list(let elements): "[\(elements.prefix(8).map { brief($0.value) }.joined(separator: ", "))]"
      case .mapping(let entries):
        "{\(entries.prefix(8).map { "\($0.key): \(brief($0.value.value))" }.joined(separator: ", "))}"
      }
    return text.count <= 60 ? text : text.prefix(59) + "…"
  }

  /// The text that takes an interpolation's place inside a string, as Python's `str` writes it; nil for collections.
  package static func embedded(_ value: ConfigValue) -> String? {
    switch value {
    case .null: "None"
    case .bool(let flag): flag ? "True" : "False"
    case .int(let integer): String(integer)
    case .float(let double): FloatText.python(double)
    case .string(let string): string
    case .list, .mapping: nil
    }
  }
}
