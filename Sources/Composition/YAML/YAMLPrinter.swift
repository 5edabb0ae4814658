/// Prints a configuration as Hydra prints it (OmegaConf's dumper over PyYAML's emitter): block style, lists not indented,
/// empty collections in flow style, strings folded at column 80.
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
        writeKey(entry.key, indent: indent)
        writeChild(entry.value.value, indent: indent)
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

  /// A key of 128 scalars or more, or of several lines, is written as `? key`.
  private mutating func writeKey(_ key: String, indent: Int) {
    let style = YAMLStringStyle(key, isKey: true)
    guard key.unicodeScalars.count < 128, !key.isEmpty, !style.isMultiline else {
      put("? ")
      writeString(key, indent: indent + 2, isKey: false)
      pad(to: indent)
      return put(":")
    }
    YAMLStringWriter(text: key, style: style.choice, indent: indent, splits: false).write(to: &self)
    put(":")
  }

  private mutating func writeScalar(_ value: ConfigValue, indent: Int) {
    switch value {
    case .null: endLine(with: "null")
    case .bool(let flag): endLine(with: flag ? "true" : "false")
    case .int(let integer): endLine(with: String(integer))
    case .float(let double): endLine(with: FloatText.yaml(double))
    case .string(let string): writeString(string, indent: indent, isKey: false)
    case .list, .mapping: break
    }
  }

  private mutating func writeString(_ string: String, indent: Int, isKey: Bool) {
    let style = YAMLStringStyle(string, isKey: isKey)
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
