/// Prints a configuration as Hydra prints it (OmegaConf's dumper over PyYAML's emitter): block style, lists not
/// indented, empty collections in flow style, strings folded at column 80.
public enum YAMLPrinter {
  /// The document; an empty mapping is `{}`.
  public static func print(_ node: ConfigNode) -> String {
    var output = YAMLOutput()
    output.write(node.value, indent: 0)
    return output.text
  }
}

/// The text written so far and its last column.
struct YAMLOutput {
  private(set) var text = ""
  private(set) var column = 0

  /// Writes `value` and ends its line. A collection that is not empty starts where the output stands.
  mutating func write(_ value: ConfigValue, indent: Int) {
    switch value {
    case .mapping(let entries) where !entries.isEmpty:
      for (index, entry) in entries.elements.enumerated() {
        if index > 0 { pad(to: indent) }
        writeEntry(key: entry.key, value: entry.value.value, indent: indent)
      }
    case .list(let elements) where !elements.isEmpty:
      for (index, element) in elements.enumerated() {
        if index > 0 { pad(to: indent) }
        put("-")
        put(" ")
        // PyYAML indents what follows a dash by two, also scalars that are folded.
        write(element.value, indent: indent + 2)
      }
    case .mapping: endLine(with: "{}")
    case .list: endLine(with: "[]")
    default: writeScalar(value, indent: indent)
    }
  }

  /// Writes what follows `key:`.
  private mutating func writeChild(_ value: ConfigValue, indent: Int) {
    switch value {
    case .mapping(let entries) where !entries.isEmpty:
      endLine(with: "")
      pad(to: indent + 2)
      write(value, indent: indent + 2)
    case .list(let elements) where !elements.isEmpty:
      endLine(with: "")
      pad(to: indent)
      write(value, indent: indent)
    default:
      put(" ")
      write(value, indent: indent + 2)
    }
  }

  /// PyYAML counts the tag `!!str` into its limit of 128.
  private static let longestSimpleKey = 123

  /// A key that is empty, long or of several lines is written as `? key`, its value as `: value`.
  private mutating func writeEntry(key: String, value: ConfigValue, indent: Int) {
    let style = YAMLStringStyle(key, isKey: true)
    if key.unicodeScalars.count < Self.longestSimpleKey, !key.isEmpty, !style.isMultiline {
      YAMLStringWriter(text: key, style: style.choice, indent: indent, splits: false).write(to: &self)
      put(":")
      writeChild(value, indent: indent)
    } else {
      put("? ")
      writeString(key, indent: indent + 2)
      pad(to: indent)
      put(": ")
      write(value, indent: indent + 2)
    }
  }

  private mutating func writeScalar(_ value: ConfigValue, indent: Int) {
    switch value {
    case .null: endLine(with: "null")
    case .bool(let flag): endLine(with: flag ? "true" : "false")
    case .int(let integer): endLine(with: String(integer))
    case .float(let double): endLine(with: FloatText.yaml(double))
    case .string(let string): writeString(string, indent: indent)
    case .list, .mapping: break
    }
  }

  private mutating func writeString(_ string: String, indent: Int) {
    let style = YAMLStringStyle(string, isKey: false)
    YAMLStringWriter(text: string, style: style.choice, indent: indent, splits: true).write(to: &self)
    endLine(with: "")
  }

  // MARK: Characters

  mutating func put(_ piece: some StringProtocol) {
    text += piece
    column += piece.unicodeScalars.count
  }

  mutating func breakLine() {
    text += "\n"
    column = 0
  }

  mutating func pad(to indent: Int) { put(String(repeating: " ", count: max(0, indent - column))) }

  private mutating func endLine(with piece: String) {
    put(piece)
    breakLine()
  }
}
