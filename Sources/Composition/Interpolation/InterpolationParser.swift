/// Reads interpolations.
///
/// Source: OmegaConf 2.3 `OmegaConfGrammarLexer.g4` and `OmegaConfGrammarParser.g4`. The lexer's modes nest as the
/// grammar does, so each function here reads the tokens of one mode.
struct InterpolationParser {
  private let scalars: [Unicode.Scalar]
  private var position = 0
  private var depth = 0

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  /// A whole configuration value: text and interpolations.
  ///
  /// - Complexity: O(length).
  mutating func topLevel() throws -> [Interpolation.Part] { try text(until: nil) }

  /// A whole argument, as `oc.decode` reads it.
  mutating func singleArgument() throws -> Interpolation.Argument {
    let argument = try argument()
    guard position == scalars.count else { throw unexpected("the end") }
    return argument
  }

  // MARK: Text

  /// Literal text and interpolations, up to and without an unescaped `quote` or the end.
  private mutating func text(until quote: Unicode.Scalar?) throws -> [Interpolation.Part] {
    var parts: [Interpolation.Part] = [], literal = String.UnicodeScalarView()
    func flush() {
      if !literal.isEmpty { parts.append(.literal(String(literal))) }
      literal.removeAll()
    }
    while position < scalars.count, scalars[position] != quote {
      if opensInterpolation {
        flush()
        parts.append(try reference())
      } else if scalars[position] == "\\" {
        appendBackslashes(to: &literal, quote: quote)
      } else {
        literal.append(scalars[position])
        position += 1
      }
    }
    flush()
    return parts
  }

  /// A run of n backslashes before `${` or the quote means n/2 backslashes, and the mark itself if n is odd; elsewhere
  /// backslashes stand for themselves.
  private mutating func appendBackslashes(to literal: inout String.UnicodeScalarView, quote: Unicode.Scalar?) {
    let start = position
    while position < scalars.count, scalars[position] == "\\" { position += 1 }
    let count = position - start
    let isBeforeQuote = quote != nil && position < scalars.count && scalars[position] == quote
    guard opensInterpolation || isBeforeQuote else {
      for _ in 0..<count { literal.append("\\") }
      return
    }
    // One at a time: appending a sequence copies the whole view.
    for _ in 0..<(count / 2) { literal.append("\\") }
    guard !count.isMultiple(of: 2) else { return }
    let mark = isBeforeQuote ? 1 : 2
    for scalar in scalars[position..<(position + mark)] { literal.append(scalar) }
    position += mark
  }

  // MARK: References

  private var opensInterpolation: Bool {
    position + 1 < scalars.count && scalars[position] == "$" && scalars[position + 1] == "{"
  }

  private mutating func reference() throws -> Interpolation.Part {
    let start = position
    position += 2
    try descend()
    defer { depth -= 1 }
    skipSpaces()
    let reference = try self.key()
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[start..<position])
    return .reference(reference, text: String(text))
  }

  /// What stands between `${` and `}`: a key, or a resolver's name with its arguments.
  private mutating func key() throws -> Interpolation.Reference {
    var pieces: [Interpolation.Part] = []
    while peek == "." {
      pieces.append(.literal("."))
      position += 1
    }
    // A resolver's name is made of names and interpolations joined by dots.
    var isName = pieces.isEmpty && peek != "["
    if peek == "[" { pieces += try bracketed() } else { pieces.append(try keyPiece(&isName)) }
    while true {
      if takeMark("}") { return .node(pieces) }
      if isName, takeMark(":") {
        skipSpaces()
        return .call(name: pieces.filter(\.isNoDot), arguments: try arguments())
      }
      switch peek {
      case ".":
        position += 1
        pieces += [.literal("."), try keyPiece(&isName)]
      case "[":
        isName = false
        pieces += try bracketed()
      default: throw unexpected("'.', '[' or '}'")
      }
    }
  }

  private mutating func bracketed() throws -> [Interpolation.Part] {
    position += 1
    var isName = false
    let inner = try keyPiece(&isName)
    guard peek == "]" else { throw unexpected("']'") }
    position += 1
    return [.literal("["), inner, .literal("]")]
  }

  /// One key without brackets; clears `isName` where it cannot be a part of a resolver's name.
  private mutating func keyPiece(_ isName: inout Bool) throws -> Interpolation.Part {
    if opensInterpolation { return try reference() }
    let start = position
    while let scalar = peek, !Self.outsideKeys.contains(scalar) { position += 1 }
    guard position > start else { throw unexpected("a key") }
    if WordScanner.nameEnd(scalars, start) != position { isName = false }
    return .literal(slice(start))
  }

  private static let outsideKeys = Set("\\{}()[]:. \t'\"".unicodeScalars)

  // MARK: Arguments

  /// The arguments up to and with `}`; an absent one is the empty text.
  private mutating func arguments() throws -> [Interpolation.Argument] {
    if takeMark("}") { return [] }
    let arguments = try sequence(end: "}")
    guard takeMark("}") else { throw unexpected("',' or '}'") }
    return arguments
  }

  /// Elements separated by commas, without the closing mark.
  private mutating func sequence(end: Unicode.Scalar) throws -> [Interpolation.Argument] {
    var elements: [Interpolation.Argument] = []
    while true {
      elements.append(isAtMark(",") || isAtMark(end) ? .value(.string("")) : try argument())
      guard takeMark(",") else { return elements }
      skipSpaces()
    }
  }

  private mutating func argument() throws -> Interpolation.Argument {
    try descend()
    defer { depth -= 1 }
    switch peek {
    case "[": return try list()
    case "{": return try mapping()
    case "'", "\"": return try quoted()
    default: return try primitive()
    }
  }

  private mutating func list() throws -> Interpolation.Argument {
    position += 1
    skipSpaces()
    if takeMark("]") { return .list([]) }
    let elements = try sequence(end: "]")
    guard takeMark("]") else { throw unexpected("',' or ']'") }
    return .list(elements)
  }

  private mutating func mapping() throws -> Interpolation.Argument {
    position += 1
    skipSpaces()
    var entries: [(key: String, value: Interpolation.Argument)] = []
    if takeMark("}") { return .mapping(entries) }
    while true {
      let words = try words(inKey: true)
      guard let key = Self.key(words) else { throw unexpected("a key") }
      guard takeMark(":") else { throw unexpected("':'") }
      skipSpaces()
      entries.append((key, try argument()))
      if takeMark("}") { return .mapping(entries) }
      guard takeMark(",") else { throw unexpected("',' or '}'") }
      skipSpaces()
    }
  }

  private mutating func quoted() throws -> Interpolation.Argument {
    let quote = scalars[position]
    position += 1
    let parts = try text(until: quote)
    guard peek == quote else { throw unexpected("the closing \(quote)") }
    position += 1
    return .text(parts)
  }

  private mutating func primitive() throws -> Interpolation.Argument {
    let words = try words(inKey: false)
    switch words.count {
    case 0: throw unexpected("a value")
    case 1:
      switch words[0] {
      case .part(let part): return .reference(part)
      case .word(.space, _): throw unexpected("a value")
      case .word(let kind, let text): return .value(try Self.value(kind, text))
      }
    default: return .text(words.map(\.part))
    }
  }

  private enum Word {
    case word(WordScanner.Kind, String)
    case part(Interpolation.Part)

    /// As a piece of a text.
    var part: Interpolation.Part {
      switch self {
      case .part(let part): part
      case .word(.escape, let text): .literal(WordScanner.unescaped(text))
      case .word(_, let text): .literal(text)
      }
    }
  }

  /// The words of an unquoted value; white space before a mark belongs to the mark.
  private mutating func words(inKey: Bool) throws -> [Word] {
    var words: [Word] = []
    while position < scalars.count {
      if opensInterpolation {
        guard !inKey else { break }
        words.append(.part(try reference()))
      } else if !inKey, isAtMark(":") {
        let start = position
        _ = takeMark(":")
        skipSpaces()
        words.append(.part(.literal(slice(start))))
      } else if Self.marks.contains(where: isAtMark) {
        break
      } else if let (kind, end) = WordScanner.word(scalars, at: position) {
        let start = position
        position = end
        words.append(.word(kind, slice(start)))
      } else {
        break
      }
    }
    return words
  }

  private static let marks: [Unicode.Scalar] = [",", "]", "}", ":"]

  private static func value(_ kind: WordScanner.Kind, _ text: String) throws -> ConfigValue {
    switch WordScanner.value(of: kind, text) {
    case .null: return .null
    case .bool(let flag): return .bool(flag)
    case .float(let double): return .float(double)
    case .string(let text): return .string(text)
    case .integer(let digits):
      guard let integer = Int(digits) else {
        throw Interpolation.Problem(problem: "\(text) does not fit 64 bits", remedy: "Quote it to use a text.")
      }
      return .int(integer)
    }
  }

  private static func key(_ words: [Word]) -> String? {
    guard words.count == 1, case .word(let kind, let text) = words[0] else {
      let literals = words.compactMap { if case .literal(let text) = $0.part { text } else { nil } }
      return literals.isEmpty ? nil : literals.joined()
    }
    switch WordScanner.value(of: kind, text) {
    case .null: return "null"
    case .bool(let flag): return flag ? "true" : "false"
    case .float(let double): return FloatText.python(double)
    case .integer(let digits): return Int(digits).map(String.init) ?? digits
    case .string(let text): return text
    }
  }

  // MARK: Scalars

  private var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  private mutating func skipSpaces() { position = WordScanner.spaceEnd(scalars, position) }

  /// Whether `mark` comes next, after any white space.
  private func isAtMark(_ mark: Unicode.Scalar) -> Bool {
    let start = WordScanner.spaceEnd(scalars, position)
    return start < scalars.count && scalars[start] == mark
  }

  private mutating func takeMark(_ mark: Unicode.Scalar) -> Bool {
    guard isAtMark(mark) else { return false }
    skipSpaces()
    position += 1
    return true
  }

  private func slice(_ start: Int) -> String {
    var slice = String.UnicodeScalarView()
    slice.append(contentsOf: scalars[start..<position])
    return String(slice)
  }

  private mutating func descend() throws {
    depth += 1
    guard depth <= CompositionLimits.overrideDepth else {
      throw Interpolation.Problem(
        problem: "more than \(CompositionLimits.overrideDepth) nested interpolations", remedy: "Name steps in between.")
    }
  }

  private func unexpected(_ expected: String) -> Interpolation.Problem {
    guard position < scalars.count else {
      return Interpolation.Problem(problem: "'${' is not closed: expected \(expected)", remedy: "Add '}'.")
    }
    return Interpolation.Problem(
      problem: "expected \(expected) at column \(position + 1), got '\(scalars[position])'",
      remedy: "Write ${path.to.value}, or '\\${' for the text.")
  }
}

extension Interpolation.Part {
  fileprivate var isNoDot: Bool {
    if case .literal(".") = self { return false }
    return true
  }
}
