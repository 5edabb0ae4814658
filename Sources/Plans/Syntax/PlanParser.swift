/// Reads canonical plan text (docs/reference/plan_grammar.md); white space between lexemes is accepted.
///
/// Iterative: depth costs heap, never stack. O(bytes), within `PlanTextLimits`.
public struct PlanParser {
  private var lexer: PlanLexer
  private let limits: PlanTextLimits
  private var current: PlanLexer.Lexeme
  private var nodeCount = 1

  /// The plan that `text` states. Throws `PlanError.syntax` at the first fault.
  public static func parse(_ text: String, limits: PlanTextLimits = .standard) throws -> PlanTree {
    guard text.utf8.count <= limits.maximumBytes else {
      throw PlanError.syntax(
        PlanSyntaxError(
          bytes: [], offset: 0, expected: "at most \(limits.maximumBytes) bytes", got: "\(text.utf8.count)"))
    }
    var parser = try PlanParser(text, limits: limits)
    return try parser.plan()
  }

  private init(_ text: String, limits: PlanTextLimits) throws {
    self.limits = limits
    lexer = PlanLexer(text, limits: limits)
    current = try lexer.next()
  }

  /// A block whose `}` has not come yet.
  private struct OpenBlock {
    enum Kind {
      case goal, subgoal, whenTrue
      /// With the steps of the true arm.
      case whenFalse([PlanNode])
    }
    let kind: Kind
    let call: PlanCall
    var steps: [PlanNode] = []
  }

  private mutating func plan() throws -> PlanTree {
    guard lexer.text(of: current) == "goal" else { throw fault("'goal'") }
    try advance()
    var blocks = [OpenBlock(kind: .goal, call: try call())]
    try take(.leftBrace, "'{'")
    while let block = blocks.last {
      if current.kind == .rightBrace {
        blocks.removeLast()
        try advance()
        switch block.kind {
        case .goal:
          guard current.kind == .end else { throw fault("end of text") }
          return PlanTree(goal: block.call, steps: block.steps)
        case .subgoal:
          blocks[blocks.count - 1].steps.append(.subgoal(block.call, steps: block.steps))
        case .whenTrue:
          guard lexer.text(of: current) == "else" else { throw fault("'else'") }
          try advance()
          try take(.leftBrace, "'{'")
          blocks.append(OpenBlock(kind: .whenFalse(block.steps), call: block.call))
        case .whenFalse(let whenTrue):
          blocks[blocks.count - 1].steps.append(.branch(block.call, whenTrue: whenTrue, whenFalse: block.steps))
        }
      } else {
        try step(&blocks)
      }
    }
    throw fault("a plan")  // not reached: the goal's block returns
  }

  /// Reads a step without a block whole, and the opening of one with a block.
  private mutating func step(_ blocks: inout [OpenBlock]) throws {
    let kind = current.kind == .name ? PlanNodeKind(keyword: lexer.text(of: current)) : nil
    guard let kind, kind != .goal else { throw fault("a step or '}'") }
    nodeCount += 1
    guard nodeCount <= limits.maximumNodes else { throw fault("at most \(limits.maximumNodes) nodes") }
    guard blocks.count < limits.maximumDepth else { throw fault("nesting of at most \(limits.maximumDepth) nodes") }
    try advance()
    let call = try call()
    switch kind {
    case .subgoal, .branch, .goal:
      try take(.leftBrace, "'{'")
      blocks.append(OpenBlock(kind: kind == .subgoal ? .subgoal : .whenTrue, call: call))
      return
    case .action:
      var output: PlanTerm?
      if current.kind == .arrow {
        try advance()
        output = try term("an integer or a symbol")
      } else if current.kind != .semicolon {
        throw fault("'->' or ';'")
      }
      blocks[blocks.count - 1].steps.append(.action(call, output: output))
    case .assertion: blocks[blocks.count - 1].steps.append(.assertion(call))
    case .terminal: blocks[blocks.count - 1].steps.append(.terminal(call))
    }
    try take(.semicolon, "';'")
  }

  private mutating func call() throws -> PlanCall {
    guard current.kind == .name else { throw fault("a name") }
    var call = PlanCall(lexer.text(of: current))
    try advance()
    try take(.leftParen, "'('")
    if current.kind != .rightParen {
      call.arguments.append(try term("an integer, a symbol or ')'"))
      while current.kind == .comma {
        try advance()
        call.arguments.append(try term("an integer or a symbol"))
      }
    }
    try take(.rightParen, "',' or ')'")
    return call
  }

  private mutating func term(_ expected: String) throws -> PlanTerm {
    let term: PlanTerm
    switch current.kind {
    case .integer(let value): term = .integer(value)
    case .name: term = .symbol(lexer.text(of: current))
    default: throw fault(expected)
    }
    try advance()
    return term
  }

  private mutating func take(_ kind: PlanLexer.Lexeme.Kind, _ expected: String) throws {
    guard current.kind == kind else { throw fault(expected) }
    try advance()
  }

  private mutating func advance() throws { current = try lexer.next() }

  private func fault(_ expected: String) -> PlanError {
    lexer.error(at: current.range.lowerBound, expected: expected)
  }
}
