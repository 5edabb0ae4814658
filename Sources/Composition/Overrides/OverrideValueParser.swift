import OrderedCollections

/// Reads the value of an override: primitives, lists `[a,b]`, mappings `{k: v}`, functions `f(a,b)` and sweeps `a,b`.
///
/// Source: Hydra 1.3 `OverrideParser.g4`, rule `value`.
struct OverrideValueParser {
  private let text: String
  private let tokens: [OverrideToken]
  private let origin: Origin
  private var next = 0
  private var depth = 0

  /// Reads `text` from `start`; nothing there is the empty string.
  static func parse(_ text: String, from start: Int, origin: Origin) throws -> OverrideValue {
    let spaces = text.unicodeScalars.dropFirst(start).prefix { $0 == " " || $0 == "\t" }.count
    var lexer = OverrideLexer(text, from: start + spaces)
    var parser = OverrideValueParser(text: text, tokens: try lexer.tokens(), origin: origin)
    if parser.tokens.isEmpty { return .element(.string("", quote: nil)) }
    var value = try parser.value()
    if parser.peek == .comma {
      var elements = [try parser.plain(value, in: "a sweep", at: 0)]
      while parser.peek == .comma {
        parser.next += 1
        elements.append(try parser.element(in: "a sweep"))
      }
      value = .choice(ChoiceSweep(elements: elements, isSimple: true))
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

  private mutating func value() throws -> OverrideValue {
    depth += 1
    defer { depth -= 1 }
    guard depth <= CompositionLimits.overrideDepth else {
      throw ConfigError.limitExceeded(
        what: "nested values", limit: CompositionLimits.overrideDepth, origin: origin)
    }
    switch peek {
    case .bracketOpen: return .element(try list())
    case .braceOpen: return .element(try mapping())
    case .word(.name) where next + 1 < tokens.count && tokens[next + 1].kind == .parenthesisOpen: return try function()
    default: return .element(try primitive())
    }
  }

  /// A value that stands inside another one: no sweep and no edit.
  private mutating func element(in whole: String) throws -> OverrideElement {
    let start = next
    return try plain(value(), in: whole, at: start)
  }

  private func plain(_ value: OverrideValue, in whole: String, at start: Int) throws -> OverrideElement {
    guard case .element(let element) = value else {
      throw refusal(
        OverrideFunction.Problem(
          problem: "\(value.kindName) inside \(whole)", remedy: "Let the function be the whole value: key=choice(…)."),
        at: start)
    }
    return element
  }

  private mutating func list() throws -> OverrideElement {
    next += 1
    var elements: [OverrideElement] = []
    while peek != .bracketClose {
      if !elements.isEmpty { try take(.comma, "',' or ']'") }
      elements.append(try element(in: "a list"))
    }
    next += 1
    return .list(elements)
  }

  private mutating func mapping() throws -> OverrideElement {
    next += 1
    var entries: OrderedDictionary<String, OverrideElement> = [:]
    while peek != .braceClose {
      if !entries.isEmpty { try take(.comma, "',' or '}'") }
      let key = try mappingKey()
      try take(.colon, "':'")
      // As in Python, a key given twice has its last value.
      entries[key] = try element(in: "a mapping")
    }
    next += 1
    return .mapping(entries)
  }

  private mutating func function() throws -> OverrideValue {
    let start = next
    next += 2
    var positional: [OverrideValue] = []
    var named: OrderedDictionary<String, OverrideValue> = [:]
    while peek != .parenthesisClose {
      if !positional.isEmpty || !named.isEmpty { try take(.comma, "',' or ')'") }
      if peek == .word(.name), next + 1 < tokens.count, tokens[next + 1].kind == .equal {
        let name = tokens[next].text
        next += 2
        named[name] = try value()
      } else if named.isEmpty {
        positional.append(try value())
      } else {
        throw refusal(
          OverrideFunction.Problem(
            problem: "an argument without a name after one with", remedy: "Put arguments without a name first."),
          at: next)
      }
    }
    next += 1
    do {
      let arguments = OverrideArguments(name: tokens[start].text, positional: positional, named: named)
      return try OverrideFunction.evaluate(arguments)
    } catch let problem as OverrideFunction.Problem {
      throw refusal(problem, at: start)
    }
  }

  private mutating func mappingKey() throws -> String {
    let start = next
    while let kind = peek, Self.isWord(kind) { next += 1 }
    let words = trimmed(tokens[start..<next])
    guard !words.isEmpty else { throw unexpected("a key") }
    guard words.count == 1, let word = words.first else { return Self.joined(words) }
    switch try value(of: word) {
    case .null: return "null"
    case .bool(let flag): return flag ? "true" : "false"
    case .int(let integer): return String(integer)
    case .float(let double): return FloatText.python(double)
    default: return Self.joined([word])
    }
  }

  private mutating func primitive() throws -> OverrideElement {
    if let token = next < tokens.count ? tokens[next] : nil, token.kind == .quoted {
      next += 1
      return .string(Self.unquoted(token.text), quote: token.text.first == "'" ? .single : .double)
    }
    let start = next
    while let kind = peek, Self.isWord(kind) || kind == .interpolation || kind == .colon { next += 1 }
    let words = trimmed(tokens[start..<next])
    guard !words.isEmpty else { throw unexpected("a value") }
    guard words.count == 1, let word = words.first else { return .string(Self.joined(words), quote: nil) }
    return try value(of: word)
  }

  private func value(of word: OverrideToken) throws -> OverrideElement {
    guard case .word(let kind) = word.kind else { return .string(word.text, quote: nil) }
    switch WordScanner.value(of: kind, word.text) {
    case .null: return .null
    case .bool(let flag): return .bool(flag)
    case .float(let double): return .float(double)
    case .string(let text): return .string(text, quote: nil)
    case .integer(let digits):
      guard let integer = Int(digits) else {
        throw ConfigError.badOverride(
          text: text, column: word.offset + 1, problem: "\(word.text) does not fit 64 bits",
          remedy: "Quote it to use a text.")
      }
      return .int(integer)
    }
  }

  // MARK: Words

  private static func isWord(_ kind: OverrideToken.Kind) -> Bool {
    if case .word = kind { return true }
    return false
  }

  /// Outer white space does not count, unless it is escaped.
  private func trimmed(_ words: ArraySlice<OverrideToken>) -> ArraySlice<OverrideToken> {
    var words = words
    while words.first?.kind == .word(.space) { words = words.dropFirst() }
    while words.last?.kind == .word(.space) { words = words.dropLast() }
    return words
  }

  private static func joined(_ words: ArraySlice<OverrideToken>) -> String {
    words.map { $0.kind == .word(.escape) ? WordScanner.unescaped($0.text) : $0.text }.joined()
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
      for _ in 0..<(scalar == quote ? backslashes / 2 : backslashes) { result.append("\\") }
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

  private func refusal(_ problem: OverrideFunction.Problem, at token: Int) -> ConfigError {
    .badOverride(
      text: text, column: (token < tokens.count ? tokens[token].offset : 0) + 1, problem: problem.problem,
      remedy: problem.remedy)
  }
}
