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
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    guard lines.indices.contains(line - 1) else { return nil }
    let excerpt = CaretExcerpt(lines[line - 1], column: column)
    let number = "\(line)"
    let margin = String(repeating: " ", count: number.count)
    return "  \(number) | \(excerpt.line)\n  \(margin) | \(excerpt.caret)"
  }
}
