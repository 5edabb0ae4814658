/// The words that unquoted values consist of, alike in overrides and in interpolations: at each place the longest match
/// wins, then the earlier kind.
///
/// Source: the value modes of Hydra 1.3 `OverrideLexer.g4` and OmegaConf 2.3 `OmegaConfGrammarLexer.g4`.
enum WordScanner {
  enum Kind: Equatable {
    case float, integer, boolean, null, character, name, escape, space
  }

  /// The word at `position` and the offset after it; nil where no word starts.
  ///
  /// - Complexity: O(length of the word).
  static func word(_ scalars: [Unicode.Scalar], at position: Int) -> (kind: Kind, end: Int)? {
    let first = scalars[position]
    if isSpace(first) { return (.space, spaceEnd(scalars, position)) }
    var best: (kind: Kind, end: Int)?
    func offer(_ kind: Kind, _ end: Int?) {
      if let end, end > best?.end ?? position { best = (kind, end) }
    }
    offer(.float, NumberPattern.floatEnd(scalars, position))
    offer(.integer, NumberPattern.integerEnd(scalars, position))
    if startsName(first) {
      offer(.boolean, keywordEnd(scalars, position, "true") ?? keywordEnd(scalars, position, "false"))
      offer(.null, keywordEnd(scalars, position, "null"))
    }
    if characters.contains(first) { offer(.character, position + 1) }
    offer(.name, nameEnd(scalars, position))
    if first == "\\" { offer(.escape, escapeEnd(scalars, position)) }
    return best
  }

  /// The value of a word that stands alone.
  enum Value {
    case null
    case bool(Bool)
    case float(Double)
    case string(String)
    /// As written; it may not fit 64 bits.
    case integer(String)
  }

  static func value(of kind: Kind, _ text: String) -> Value {
    switch kind {
    case .null: .null
    case .boolean: .bool(text.lowercased() == "true")
    case .integer: .integer(text.filter { $0 != "_" })
    case .float: NumberPattern.double(text).map { .float($0) } ?? .string(text)
    case .escape: .string(unescaped(text))
    case .character, .name, .space: .string(text)
    }
  }

  /// Every second scalar of an escape.
  static func unescaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for (offset, scalar) in text.unicodeScalars.enumerated() where !offset.isMultiple(of: 2) { result.append(scalar) }
    return String(result)
  }

  // MARK: Characters

  static let characters = Set("/-\\+.$%*@?|".unicodeScalars)
  static let escapable = Set("\\()[]{}:=, \t".unicodeScalars)

  static func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" }

  static func startsName(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "_"
  }

  static func continuesName(_ scalar: Unicode.Scalar) -> Bool {
    startsName(scalar) || ("0"..."9").contains(scalar) || scalar == "-"
  }

  static func spaceEnd(_ scalars: [Unicode.Scalar], _ start: Int) -> Int {
    var end = start
    while end < scalars.count, isSpace(scalars[end]) { end += 1 }
    return end
  }

  /// `[A-Za-z_][A-Za-z0-9_-]*`
  static func nameEnd(_ scalars: [Unicode.Scalar], _ start: Int) -> Int? {
    guard start < scalars.count, startsName(scalars[start]) else { return nil }
    var end = start + 1
    while end < scalars.count, continuesName(scalars[end]) { end += 1 }
    return end
  }

  private static func keywordEnd(_ scalars: [Unicode.Scalar], _ start: Int, _ word: StaticString) -> Int? {
    guard start + word.utf8CodeUnitCount <= scalars.count else { return nil }
    return word.withUTF8Buffer { letters in
      for (offset, letter) in letters.enumerated() {
        guard scalars[start + offset].value | 0x20 == UInt32(letter) else { return nil }
      }
      return start + letters.count
    }
  }

  private static func escapeEnd(_ scalars: [Unicode.Scalar], _ start: Int) -> Int? {
    var end = start
    while end + 1 < scalars.count, scalars[end] == "\\", escapable.contains(scalars[end + 1]) { end += 2 }
    return end > start ? end : nil
  }
}
