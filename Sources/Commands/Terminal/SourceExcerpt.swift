import Composition

/// The line of a config that a message is about, with a caret under the column.
enum SourceExcerpt {
  /// Two lines such as these; nil where `origin` is no place in a file that `sources` has.
  ///
  ///       6 | num_hidden_layers: four
  ///         |                    ^
  static func text(of origin: Origin?, from sources: ConfigSources) -> String? {
    guard case .file(let path, let line, let column)? = origin,
      let bytes = try? sources.read(shownAs: path), let text = String(validating: bytes, as: UTF8.self)
    else { return nil }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.indices.contains(line - 1) else { return nil }
    let scalars = Array(lines[line - 1].unicodeScalars)
    guard (1...scalars.count + 1).contains(column) else { return nil }
    // A long line is shown around the column.
    let start = max(0, column - 1 - width / 2)
    let shown = scalars[start..<min(scalars.count, start + width)]
    // Tabs stay tabs, so that the caret stands where a terminal puts the character.
    let padding = scalars[start..<(column - 1)].map { $0 == "\t" ? "\t" : " " }.joined()
    let number = "\(line)"
    let margin = String(repeating: " ", count: number.count)
    return "  \(number) | \(String(String.UnicodeScalarView(shown)))\n  \(margin) | \(padding)^"
  }

  private static let width = 100
}
