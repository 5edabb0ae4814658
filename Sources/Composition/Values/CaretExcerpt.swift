/// A line of text and a caret under one of its characters, for messages.
package struct CaretExcerpt {
  /// The line; of a long one the part around the caret, with `…` where it was cut. Control characters but tabs are shown
  /// as pictures of one column each.
  package let line: String
  /// The caret, behind what indents it.
  package let caret: String

  /// - Parameter column: From 1, in Unicode scalars; the one after the last is the end of the line.
  package init(_ text: some StringProtocol, column: Int) {
    let scalars = text.unicodeScalars.map(Self.picture)
    let index = min(max(0, column - 1), scalars.count)
    let start = scalars.count <= Self.width ? 0 : max(0, min(index - Self.width / 2, scalars.count - Self.width))
    let end = min(scalars.count, start + Self.width)
    var shown = Array(scalars[start..<end])
    if start > 0 { shown[0] = "…" }
    if end < scalars.count { shown[shown.count - 1] = "…" }
    line = String(String.UnicodeScalarView(shown))
    // Tabs stay tabs, so that the caret stands where a terminal puts the character.
    caret = scalars[start..<index].map { $0 == "\t" ? "\t" : " " }.joined() + "^"
  }

  /// `text` on one line: at most `width` characters, control characters as pictures.
  package static func line(_ text: String) -> String { CaretExcerpt(text, column: 1).line }

  private static let width = 100

  private static func picture(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0x09: scalar
    case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}"
    case 0x7F: "\u{2421}"
    case 0x80..<0xA0: "\u{FFFD}"
    default: scalar
    }
  }
}
