extension PlanVocabulary {
  /// The canonical text that a latent-token stream stands for; the parser judges the rest.
  ///
  /// `<bos>` may be absent. Numbers and the places of `,` and `->` are checked here, nesting by `PlanParser`.
  /// Throws `PlanError.misplacedToken`. O(tokens).
  public func canonicalText(_ tokens: some Sequence<PlanToken>) throws -> String {
    var writer = LatentTextWriter()
    for token in tokens { try writer.write(meaning(of: token), text(of: token)) }
    try writer.finish()
    return writer.text
  }
}

/// Writes canonical text while it reads the pieces of a stream.
private struct LatentTextWriter {
  private(set) var text = ""
  /// Tokens read.
  private var position = 0
  private var place = Place.block
  /// Digits of the number being read, most significant first, and its sign.
  private var digits = ""
  private var isNegative = false
  private var termCount = 0
  /// Whether the last term was an integer, and whether a `,` asked for another.
  private var lastIsInteger = false
  private var owesInteger = false

  /// Between steps, in the arguments of a call, after `->`, after an output.
  private enum Place { case block, arguments, output, afterOutput }

  mutating func write(_ meaning: PlanVocabulary.Meaning?, _ piece: String) throws {
    switch meaning {
    case .start:
      guard position == 0 else { throw misplaced(piece, "no second '<bos>'") }
    case .padding, nil:
      throw misplaced(piece, "a token of a plan")
    case .head(let head):
      try endStep(before: piece)
      text += head.kind.keyword + " " + head.name + "("
      place = .arguments
      termCount = 0
      lastIsInteger = false
    case .digit(let value):
      if digits.isEmpty { try startInteger(piece) }
      guard digits.utf8.count < 9 else { throw misplaced(piece, "a number of at most 9 digits") }
      digits = String(value) + digits
    case .minus:
      guard digits.isEmpty, !isNegative else { throw misplaced(piece, "a digit or the end of the number") }
      try startInteger(piece)
      isNegative = true
    case .symbol(let name):
      try endNumber(before: piece)
      try startTerm(piece, isInteger: false)
      text += name
      if place == .output { place = .afterOutput }
    case .comma:
      try endNumber(before: piece)
      guard place == .arguments, lastIsInteger, !owesInteger else {
        throw misplaced(piece, "',' between two integers only")
      }
      owesInteger = true
    case .arrow:
      try endCall(before: piece)
      text += "->"
      place = .output
    case .open:
      try endCall(before: piece)
      text += "{"
      place = .block
    case .close:
      try endStep(before: piece)
      text += "}"
    case .otherwise:
      try endStep(before: piece)
      text += "}else{"
    }
    position += 1
  }

  mutating func finish() throws { try endStep(before: "end of stream") }

  private mutating func startInteger(_ piece: String) throws {
    if isNegative { return }  // the sign has started it
    guard place != .arguments || !lastIsInteger || owesInteger else { throw misplaced(piece, "',' between integers") }
    try startTerm(piece, isInteger: true)
  }

  private mutating func startTerm(_ piece: String, isInteger: Bool) throws {
    guard place == .arguments || place == .output else { throw misplaced(piece, "a node head, '}' or 'else'") }
    guard isInteger || !owesInteger else { throw misplaced(piece, "an integer after ','") }
    if place == .arguments, termCount > 0 { text += "," }
    termCount += 1
    lastIsInteger = isInteger
    owesInteger = false
  }

  private mutating func endNumber(before piece: String) throws {
    guard isNegative || !digits.isEmpty else { return }
    guard !digits.isEmpty else { throw misplaced(piece, "a digit after '-'") }
    guard digits == "0" ? !isNegative : digits.first != "0" else {
      throw misplaced(piece, "a most significant digit that is not 0 before it")
    }
    text += (isNegative ? "-" : "") + digits
    digits = ""
    isNegative = false
    if place == .output { place = .afterOutput }
  }

  /// Ends the arguments where a call must be open.
  private mutating func endCall(before piece: String) throws {
    try endNumber(before: piece)
    guard place == .arguments else { throw misplaced(piece, "it after the arguments of a call") }
    guard !owesInteger else { throw misplaced(piece, "an integer after ','") }
    text += ")"
  }

  private mutating func endStep(before piece: String) throws {
    try endNumber(before: piece)
    switch place {
    case .block: return
    case .output: throw misplaced(piece, "an output after '->'")
    case .arguments: try endCall(before: piece)
    case .afterOutput: break
    }
    text += ";"
    place = .block
  }

  private func misplaced(_ piece: String, _ expected: String) -> PlanError {
    .misplacedToken(position: position, got: piece, expected: expected)
  }
}
