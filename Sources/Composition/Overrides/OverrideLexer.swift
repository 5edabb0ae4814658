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

  mutating func tokens() throws -> [OverrideToken] {
    var tokens: [OverrideToken] = []
    while position < scalars.count {
      guard let (kind, end) = longestMatch() else {
        throw ConfigError.badOverride(
          text: text, column: position + 1, problem: "unexpected '\(scalars[position])'",
          remedy: "Quote the value: key='…' (inside shell quotes).")
      }
      tokens.append(OverrideToken(kind: kind, text: slice(position, end), offset: position))
      position = end
    }
    return tokens
  }

  private func longestMatch() -> (OverrideToken.Kind, Int)? {
    let candidates: [(OverrideToken.Kind, Int?)] = [
      (.parenthesisOpen, punctuation("(", spaceBefore: true, spaceAfter: true)),
      (.comma, punctuation(",", spaceBefore: true, spaceAfter: true)),
      (.parenthesisClose, punctuation(")", spaceBefore: true, spaceAfter: false)),
      (.bracketOpen, punctuation("[", spaceBefore: false, spaceAfter: true)),
      (.bracketClose, punctuation("]", spaceBefore: true, spaceAfter: false)),
      (.braceOpen, punctuation("{", spaceBefore: false, spaceAfter: true)),
      (.braceClose, punctuation("}", spaceBefore: true, spaceAfter: false)),
      (.colon, punctuation(":", spaceBefore: true, spaceAfter: true)),
      (.equal, punctuation("=", spaceBefore: true, spaceAfter: true)),
      (.float, NumberPattern.floatEnd(scalars, position)), (.integer, NumberPattern.integerEnd(scalars, position)),
      (.boolean, word("true") ?? word("false")), (.null, word("null")),
      (.character, Self.characters.contains(scalars[position]) ? position + 1 : nil),
      (.name, nameEnd()), (.escape, escapeEnd()), (.space, spaceEnd(position) > position ? spaceEnd(position) : nil),
      (.quoted, quotedEnd()), (.interpolation, interpolationEnd()),
    ]
    var best: (OverrideToken.Kind, Int)?
    for case (let kind, let end?) in candidates where end > best?.1 ?? position { best = (kind, end) }
    return best
  }

  // MARK: Rules; each returns the offset after its match

  private static let characters = Set("/-\\+.$%*@?|".unicodeScalars)
  private static let escapable = Set("\\()[]{}:=, \t".unicodeScalars)

  private func punctuation(_ mark: Unicode.Scalar, spaceBefore: Bool, spaceAfter: Bool) -> Int? {
    let start = spaceBefore ? spaceEnd(position) : position
    guard start < scalars.count, scalars[start] == mark else { return nil }
    return spaceAfter ? spaceEnd(start + 1) : start + 1
  }

  private func spaceEnd(_ start: Int) -> Int {
    var end = start
    while end < scalars.count, scalars[end] == " " || scalars[end] == "\t" { end += 1 }
    return end
  }

  private func word(_ word: String) -> Int? {
    let end = position + word.count
    guard end <= scalars.count, slice(position, end).lowercased() == word else { return nil }
    return end
  }

  private func nameEnd() -> Int? {
    guard OverrideKey.startsName(scalars[position]) else { return nil }
    var end = position + 1
    while end < scalars.count, OverrideKey.continuesName(scalars[end]) { end += 1 }
    return end
  }

  private func escapeEnd() -> Int? {
    var end = position
    while end + 1 < scalars.count, scalars[end] == "\\", Self.escapable.contains(scalars[end + 1]) { end += 2 }
    return end > position ? end : nil
  }

  /// A quoted value ends at the first quote that an even number of backslashes precedes.
  private func quotedEnd() -> Int? {
    let quote = scalars[position]
    guard quote == "'" || quote == "\"" else { return nil }
    var end = position + 1, backslashes = 0
    while end < scalars.count {
      if scalars[end] == quote, backslashes.isMultiple(of: 2) { return end + 1 }
      backslashes = scalars[end] == "\\" ? backslashes + 1 : 0
      end += 1
    }
    return nil
  }

  private func interpolationEnd() -> Int? {
    guard position + 1 < scalars.count, scalars[position] == "$", scalars[position + 1] == "{" else { return nil }
    var end = position + 2, depth = 1
    while end < scalars.count {
      if scalars[end] == "{" { depth += 1 }
      if scalars[end] == "}" { depth -= 1 }
      end += 1
      if depth == 0 { return end > position + 3 ? end : nil }
    }
    return nil
  }

  private func slice(_ start: Int, _ end: Int) -> String {
    var slice = String.UnicodeScalarView()
    slice.append(contentsOf: scalars[start..<end])
    return String(slice)
  }
}
