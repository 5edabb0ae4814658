import OrderedCollections

/// Reads the value of an override: primitives, lists `[a,b]` and mappings `{k: v}`.
struct OverrideValueParser {
  private let text: String
  private let tokens: [OverrideToken]
  private let origin: Origin
  private var next = 0
  private var depth = 0

  /// Reads `text` from `start`; nothing there is the empty string.
  static func parse(_ text: String, from start: Int, origin: Origin) throws -> ConfigNode {
    let spaces = text.unicodeScalars.dropFirst(start).prefix { $0 == " " || $0 == "\t" }.count
    var lexer = OverrideLexer(text, from: start + spaces)
    var parser = OverrideValueParser(text: text, tokens: try lexer.tokens(), origin: origin)
    if parser.tokens.isEmpty { return ConfigNode(.string(""), origin: origin) }
    let value = try parser.element()
    if parser.peek == .comma {
      throw parser.refusal("a sweep", remedy: "To set a list, write key=[a,b]; to use a text, quote it.")
    }
    guard parser.next == parser.tokens.count else { throw parser.unexpected("the end") }
    return value
  }

  private init(text: String, tokens: [OverrideToken], origin: Origin) {
    self.text = text
    self.tokens = tokens
    self.origin = origin
  }

  private var peek: OverrideToken.Kind? { next < tokens.count ? tokens[next].kind : nil }

  private mutating func element() throws -> ConfigNode {
    depth += 1
    defer { depth -= 1 }
    guard depth <= CompositionLimits.overrideDepth else {
      throw ConfigError.limitExceeded(
        what: "nested values", limit: CompositionLimits.overrideDepth, origin: origin)
    }
    switch peek {
    case .bracketOpen: return try list()
    case .braceOpen: return try mapping()
    case .name where next + 1 < tokens.count && tokens[next + 1].kind == .parenthesisOpen:
      throw refusal("the function '\(tokens[next].text)(…)'", remedy: "Write the value out, or quote it to use a text.")
    default: return try primitive()
    }
  }

  private mutating func list() throws -> ConfigNode {
    next += 1
    var elements: [ConfigNode] = []
    while peek != .bracketClose {
      if !elements.isEmpty { try take(.comma, "',' or ']'") }
      elements.append(try element())
    }
    next += 1
    return ConfigNode(.list(elements), origin: origin)
  }

  private mutating func mapping() throws -> ConfigNode {
    next += 1
    var entries: OrderedDictionary<String, ConfigNode> = [:]
    while peek != .braceClose {
      if !entries.isEmpty { try take(.comma, "',' or '}'") }
      let key = try mappingKey()
      try take(.colon, "':'")
      // As in Python, a key given twice has its last value.
      entries[key] = try element()
    }
    next += 1
    return ConfigNode(.mapping(entries), origin: origin)
  }

  private mutating func mappingKey() throws -> String {
    let start = next
    while let kind = peek, Self.isWordPart(kind) { next += 1 }
    let words = trimmed(tokens[start..<next])
    guard !words.isEmpty else { throw unexpected("a key") }
    return Self.joined(words)
  }

  private mutating func primitive() throws -> ConfigNode {
    if peek == .quoted {
      next += 1
      return ConfigNode(.string(Self.unquoted(tokens[next - 1].text)), origin: origin)
    }
    let start = next
    while let kind = peek, Self.isWordPart(kind) || kind == .interpolation || kind == .colon { next += 1 }
    let words = trimmed(tokens[start..<next])
    guard !words.isEmpty else { throw unexpected("a value") }
    guard words.count == 1, let word = words.first else {
      return ConfigNode(.string(Self.joined(words)), origin: origin)
    }
    return ConfigNode(try value(of: word), origin: origin)
  }

  private func value(of word: OverrideToken) throws -> ConfigValue {
    switch word.kind {
    case .integer:
      guard let integer = Int(word.text.filter { $0 != "_" }) else {
        throw ConfigError.badOverride(
          text: text, column: word.offset + 1, problem: "\(word.text) does not fit 64 bits",
          remedy: "Quote it to use a text.")
      }
      return .int(integer)
    case .float: return NumberPattern.double(word.text).map { .float($0) } ?? .string(word.text)
    case .boolean: return .bool(word.text.lowercased() == "true")
    case .null: return .null
    default: return .string(Self.joined([word]))
    }
  }

  // MARK: Words

  private static func isWordPart(_ kind: OverrideToken.Kind) -> Bool {
    switch kind {
    case .name, .null, .integer, .float, .boolean, .character, .escape, .space: true
    default: false
    }
  }

  /// Outer white space does not count, unless it is escaped.
  private func trimmed(_ words: ArraySlice<OverrideToken>) -> ArraySlice<OverrideToken> {
    var words = words
    while words.first?.kind == .space { words = words.dropFirst() }
    while words.last?.kind == .space { words = words.dropLast() }
    return words
  }

  private static func joined(_ words: ArraySlice<OverrideToken>) -> String {
    words.map {
      $0.kind == .escape ? String($0.text.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)) : $0.text
    }
    .joined()
  }

  /// Removes the quotes; of backslashes before the same quote (or the end) each second one goes, others stay.
  static func unquoted(_ text: String) -> String {
    guard let quote = text.unicodeScalars.first else { return "" }
    var result = String.UnicodeScalarView(), backslashes = 0
    for scalar in text.unicodeScalars.dropFirst() {
      if scalar == "\\" {
        backslashes += 1
        continue
      }
      // The closing quote itself follows an even number of backslashes and is dropped below.
      result.append(contentsOf: repeatElement("\\", count: scalar == quote ? backslashes / 2 : backslashes))
      result.append(scalar)
      backslashes = 0
    }
    return String(String(result).unicodeScalars.dropLast())
  }

  // MARK: Errors

  private mutating func take(_ kind: OverrideToken.Kind, _ expected: String) throws {
    guard peek == kind else { throw unexpected(expected) }
    next += 1
  }

  private func unexpected(_ expected: String) -> ConfigError {
    let token = next < tokens.count ? tokens[next] : nil
    let column = (token?.offset ?? text.unicodeScalars.count) + 1
    let got = token.map { "'\($0.text)'" } ?? "the end"
    return .badOverride(
      text: text, column: column, problem: "expected \(expected), got \(got)", remedy: "Quote the value to use a text.")
  }

  private func refusal(_ what: String, remedy: String) -> ConfigError {
    .badOverride(
      text: text, column: (next < tokens.count ? tokens[next].offset : 0) + 1, problem: "\(what) is not supported yet",
      remedy: remedy)
  }
}
