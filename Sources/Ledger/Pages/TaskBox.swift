/// The box of a task list's item.
package enum TaskBox: Equatable, Sendable {
  case open, ticked

  /// The box with which an item's first paragraph begins, as GitHub reads it: `[ ]`, `[x]` or `[X]`, then a blank and
  /// text; nil for any other text.
  init?(beginning text: String) {
    guard text.utf8.count > 4, Array(text.utf8)[3].isMarkdownSpace else { return nil }
    switch text.prefix(3) {
    case "[ ]": self = .open
    case "[x]", "[X]": self = .ticked
    default: return nil
    }
  }

  /// Whether a person would see an open box where the text begins.
  ///
  /// Wider than GitHub's reading, so that no spelling hides what is open: the box may be empty or hold whatever prints as
  /// a blank (no-break and zero-width ones, their entities), its brackets may be escaped or emphasised, and what precedes
  /// it may be any mark of a list: `-`, `*`, `+`, a number, a letter, a typographic bullet, also where GitHub takes the
  /// line for text. Line separators that Markdown does not know begin a line here.
  ///
  /// - Parameter isItem: Whether the text stands in a list item, so that no mark need precede the box.
  package static func looksOpen(_ text: String, isItem: Bool) -> Bool {
    text.unicodeScalars.split { lineSeparators.contains($0) }.contains { line in
      var rest = line[...]
      var isMarked = isItem
      repeat { rest = rest.drop { isInvisible($0) || $0 == ">" } } while dropMark(from: &rest, &isMarked)
      rest = rest.drop { isInvisible($0) || "*_~\\".unicodeScalars.contains($0) }
      guard isMarked, rest.first == "[" else { return false }
      rest = rest.dropFirst()
      repeat { rest = rest.drop { isInvisible($0) || $0 == "\\" } } while dropEntity(from: &rest)
      return rest.first == "]"
    }
  }

  private static let lineSeparators: [Unicode.Scalar] = ["\u{B}", "\u{C}", "\u{85}", "\u{2028}", "\u{2029}"]
  private static let bullets = Array("-*+•‣⁃◦·–—".unicodeScalars)
  private static let blankEntities: Set<String> = [
    "nbsp", "ensp", "emsp", "thinsp", "hairsp", "numsp", "puncsp", "zwj", "zwnj", "nonbreakingspace", "zerowidthspace",
    "#32", "#160", "#x20", "#xa0", "#8203", "#x200b",
  ]

  /// Blanks of all kinds, and what has no width. U+2800 is Braille without a dot.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar == " " || scalar == "\t" }
    return scalar.properties.isWhitespace || scalar.properties.isDefaultIgnorableCodePoint || scalar == "\u{2800}"
  }

  private static func dropMark(from rest: inout Substring.UnicodeScalarView, _ isMarked: inout Bool) -> Bool {
    guard let first = rest.first else { return false }
    var after = rest.dropFirst()
    if !bullets.contains(first) {
      let isDigit = ("0"..."9").contains(first)
      guard isDigit || first.properties.isAlphabetic else { return false }
      if isDigit { after = after.drop { ("0"..."9").contains($0) } }
      guard let end = after.first, end == "." || end == ")" else { return false }
      after = after.dropFirst()
    }
    guard let next = after.first, isInvisible(next) || next == "[" || next == "\\" else { return false }
    rest = after
    isMarked = true
    return true
  }

  private static func dropEntity(from rest: inout Substring.UnicodeScalarView) -> Bool {
    guard rest.first == "&", let end = rest.prefix(20).firstIndex(of: ";") else { return false }
    guard blankEntities.contains(String(rest[..<end].dropFirst()).lowercased()) else { return false }
    rest = rest[end...].dropFirst()
    return true
  }
}
