extension OverrideElement {
  /// The value as Hydra spells it: `[1,a\ b,'q']`. Quotes stay as typed, other text has its special characters escaped.
  ///
  /// Read again, a text that a function made may become another type (`str(1)` is spelled `1`); see `source`.
  public var text: String {
    switch self {
    case .null: "null"
    case .bool(let flag): flag ? "True" : "False"
    case .int(let integer): String(integer)
    case .float(let double): FloatText.python(double)
    case .string(let text, let quote?): Self.quoted(text, quote)
    case .string(let text, nil): Self.escaped(text)
    case .list(let elements): "[\(elements.map(\.text).joined(separator: ","))]"
    case .mapping(let entries):
      "{\(entries.map { "\(Self.keyText($0.key)):\($0.value.text)" }.joined(separator: ","))}"
    }
  }

  /// The value spelled so that reading it gives the same value: text that needs quotes has them.
  public var source: String {
    switch self {
    case .null: "null"
    case .bool(let flag): flag ? "true" : "false"
    case .string(let text, let quote): Self.isPlain(text) ? text : Self.quoted(text, quote ?? .single)
    case .int, .float: text
    case .list(let elements): "[\(elements.map(\.source).joined(separator: ","))]"
    case .mapping(let entries):
      "{\(entries.map { "\(Self.escaped($0.key)):\($0.value.source)" }.joined(separator: ","))}"
    }
  }

  /// `text` with a backslash before each character that would otherwise mean something.
  static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if WordScanner.escapable.contains(scalar) { result.append("\\") }
      result.append(scalar)
    }
    return String(result)
  }

  /// `text` in quotes: backslashes are doubled before a quote of the same kind and at the end, nowhere else.
  static func quoted(_ text: String, _ quote: Quote) -> String {
    let mark = Unicode.Scalar(quote == .single ? "'" : "\"") as Unicode.Scalar
    var result = String.UnicodeScalarView([mark]), backslashes = 0
    func flush(doubled: Bool) {
      // One at a time: appending a sequence copies the whole view.
      for _ in 0..<(doubled ? backslashes * 2 : backslashes) { result.append("\\") }
      backslashes = 0
    }
    for scalar in text.unicodeScalars {
      if scalar == "\\" {
        backslashes += 1
        continue
      }
      flush(doubled: scalar == mark)
      if scalar == mark { result.append("\\") }
      result.append(scalar)
    }
    flush(doubled: true)
    result.append(mark)
    return String(result)
  }

  /// Keys of mappings are spelled as Python spells the values they were.
  private static func keyText(_ key: String) -> String {
    switch key {
    case "true": "True"
    case "false": "False"
    default: escaped(key)
    }
  }

  /// Whether `text`, typed without quotes and escapes, is read as this text.
  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first else { return false }
    let scalars = Array(text.unicodeScalars)
    let isWord = scalars.allSatisfy { WordScanner.continuesName($0) || $0 == "/" || $0 == "." }
    return isWord && first != "-" && !["null", "true", "false"].contains(text.lowercased())
      && NumberPattern.floatEnd(scalars, 0) != scalars.count && NumberPattern.integerEnd(scalars, 0) != scalars.count
  }
}
