/// Reads overrides: the first phase of composition.
///
/// Source: Hydra 1.3 `OverrideParser.g4`.
public enum OverrideParser {
  /// Reads all of `texts`; positions in errors and origins count from 1.
  public static func parse(_ texts: [String]) throws -> [Override] {
    guard texts.count <= CompositionLimits.overrideCount else {
      throw ConfigError.limitExceeded(
        what: "overrides", limit: CompositionLimits.overrideCount, origin: .override(index: texts.count, text: "…"))
    }
    return try texts.enumerated().map { try parse($1, index: $0 + 1) }
  }

  /// Reads one override.
  ///
  /// - Throws: `ConfigError.badOverride` with the column where reading stopped.
  public static func parse(_ text: String, index: Int = 1) throws -> Override {
    try parse(text, at: .override(index: index, text: text))
  }

  /// Reads an override that stands at `origin`, such as an entry of a sweep in a config.
  static func parse(_ text: String, at origin: Origin) throws -> Override {
    guard text.utf8.count <= CompositionLimits.overrideByteCount else {
      throw ConfigError.limitExceeded(
        what: "bytes of one override", limit: CompositionLimits.overrideByteCount, origin: origin)
    }
    guard !text.isEmpty else {
      throw ConfigError.badOverride(
        text: text, column: 1, problem: "it is empty", remedy: "Write key=value, or leave it out.")
    }
    let scalars = Array(text.unicodeScalars)
    let (action, keyStart) = prefix(of: scalars)
    let equal = scalars.firstIndex(of: "=")
    var keyText = String.UnicodeScalarView()
    keyText.append(contentsOf: scalars[keyStart..<max(keyStart, equal ?? scalars.count)])
    let key = try OverrideKey(parsing: String(keyText), in: text, offset: keyStart)
    guard let equal else {
      guard action == .delete else {
        throw ConfigError.badOverride(
          text: text, column: scalars.count + 1, problem: "a '=' is missing",
          remedy:
            "Write \(CaretExcerpt.line(text))=<value>; to delete a setting, write ~\(CaretExcerpt.line(String(keyText)))."
        )
      }
      return Override(action: .delete, key: key.name, package: key.package, value: nil, text: text, origin: origin)
    }
    let value = try OverrideValueParser.parse(text, from: equal + 1, origin: origin)
    if case .edit(let edit) = value, action == .delete {
      throw ConfigError.badOverride(
        text: text, column: equal + 2, problem: "'~' deletes, \(edit.operation.rawValue)(…) changes a list",
        remedy: "Write '\(text.dropFirst())', or '~\(key.name)' to delete the list.")
    }
    return Override(action: action, key: key.name, package: key.package, value: value, text: text, origin: origin)
  }

  private static func prefix(of scalars: [Unicode.Scalar]) -> (Override.Action, Int) {
    switch (scalars.first, scalars.dropFirst().first) {
    case ("~", _): (.delete, 1)
    case ("+", "+"): (.forceAdd, 2)
    case ("+", _): (.add, 1)
    default: (.change, 0)
    }
  }
}
