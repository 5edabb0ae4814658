/// The key of an override: a dotted path or a config group, with an optional `@package`.
///
/// Source: Hydra 1.3 `OverrideParser.g4`, rules `key`, `packageOrGroup` and `package`.
struct OverrideKey {
  let name: String
  let package: String?

  /// - Parameter offset: Where `key` begins in `text`, for the column of errors.
  init(parsing key: String, in text: String, offset: Int) throws {
    let parts = key.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    name = parts[0]
    package = parts.count > 1 ? parts[1] : nil
    let isGroup = name.contains("/")
    let segments = name.split(separator: "/", omittingEmptySubsequences: false)
    guard key.split(separator: ".").count <= CompositionLimits.pathDepth else {
      throw ConfigError.badOverride(
        text: text, column: offset + 1, problem: "a key of more than \(CompositionLimits.pathDepth) parts",
        remedy: "Set a setting that is less deep to a mapping.")
    }
    let sound = isGroup ? segments.allSatisfy { Self.isName(String($0)) } : Self.isPackage(name)
    if let wrong = sound ? package.flatMap({ Self.isPackage($0) ? nil : $0 }) : name {
      throw ConfigError.badOverride(
        text: text, column: offset + 1, problem: "'\(CaretExcerpt.line(wrong))' is no key",
        remedy: "Write a dotted path (a.b.c) or a config group (a/b), with an optional @package.")
    }
  }

  /// `[A-Za-z_][A-Za-z0-9_-]*`
  private static func isName(_ text: String) -> Bool {
    let scalars = Array(text.unicodeScalars)
    return WordScanner.nameEnd(scalars, 0) == scalars.count
  }

  /// Empty, a name that may hold `$`, or two or more of these or integers joined by dots.
  private static func isPackage(_ text: String) -> Bool {
    if text.isEmpty { return true }
    let segments = text.split(separator: ".", omittingEmptySubsequences: false)
    return segments.allSatisfy { segment in
      let plain = segment.unicodeScalars.map { $0 == "$" ? "_" : $0 }
      let isInteger = segment.allSatisfy(\.isNumber) && (segment == "0" || segment.first != "0")
      if segments.count > 1, !segment.isEmpty, isInteger { return segment.utf8.allSatisfy { $0 < 0x80 } }
      return plain.first.map(WordScanner.startsName) == true && plain.allSatisfy(WordScanner.continuesName)
    }
  }
}
