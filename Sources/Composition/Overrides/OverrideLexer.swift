/// Splits an override's value into tokens: at each place the longest match wins, then the earlier rule.
///
/// Source: Hydra 1.3 `OverrideLexer.g4`, value mode. One difference: `${…}` may nest.
struct OverrideLexer {
  private let scalars: [Unicode.Scalar]
  private let text: String
  private var position: Int

  /// - Parameter start: The offset at which the value begins.
  init(_ text: String, from start: Int) {
    self.text = text
    scalars = Array(text.unicodeScalars)
    position = start
  }

  /// - Complexity: O(length).
  mutating func tokens() throws -> [OverrideToken] {
    var tokens: [OverrideToken] = []
    while position < scalars.count {
      guard let (kind, end) = try longestMatch() else {
        throw ConfigError.badOverride(
          text: text, column: position + 1, problem: "unexpected '\(CaretExcerpt.line(String(scalars[position])))'",
          remedy: "Quote the value: key='…' (inside shell quotes).")
      }
      tokens.append(OverrideToken(kind: kind, text: slice(position, end), offset: position))
      position = end
    }
    return tokens
  }

  /// Punctuation takes the white space around it, so it is longer than any word that starts there.
  private func longestMatch() throws -> (OverrideToken.Kind, Int)? {
    if let match = punctuation() { return match }
    switch scalars[position] {
    case "'", "\"": return quotedEnd().map { (.quoted, $0) }
    case "$": if let end = try interpolationEnd() { return (.interpolation, end) }
    default: break
    }
    return WordScanner.word(scalars, at: position).map { (.word($0.kind), $0.end) }
  }

  private func punctuation() -> (OverrideToken.Kind, Int)? {
    let start = WordScanner.spaceEnd(scalars, position)
    guard start < scalars.count else { return nil }
    let after = WordScanner.spaceEnd(scalars, start + 1)
    switch scalars[start] {
    case "(": return (.parenthesisOpen, after)
    case ",": return (.comma, after)
    case ":": return (.colon, after)
    case "=": return (.equal, after)
    case ")": return (.parenthesisClose, start + 1)
    case "]": return (.bracketClose, start + 1)
    case "}": return (.braceClose, start + 1)
    // White space before an opening bracket is a word of its own.
    case "[" where start == position: return (.bracketOpen, after)
    case "{" where start == position: return (.braceOpen, after)
    default: return nil
    }
  }

  /// A quoted value ends at the first quote that an even number of backslashes precedes.
  private func quotedEnd() -> Int? {
    let quote = scalars[position]
    var end = position + 1, backslashes = 0
    while end < scalars.count {
      if scalars[end] == quote, backslashes.isMultiple(of: 2) { return end + 1 }
      backslashes = scalars[end] == "\\" ? backslashes + 1 : 0
      end += 1
    }
    return nil
  }

  private func interpolationEnd() throws -> Int? {
    guard position + 1 < scalars.count, scalars[position + 1] == "{" else { return nil }
    var end = position + 2, depth = 1
    while end < scalars.count {
      if scalars[end] == "{" { depth += 1 }
      if scalars[end] == "}" { depth -= 1 }
      end += 1
      if depth == 0 { return end > position + 3 ? end : nil }
    }
    throw ConfigError.badOverride(
      text: text, column: position + 1, problem: "'${' is not closed",
      remedy: "Add '}', or write '\\${' in quotes for the text.")
  }

  private func slice(_ start: Int, _ end: Int) -> String {
    var slice = String.UnicodeScalarView()
    slice.append(contentsOf: scalars[start..<end])
    return String(slice)
  }
}
