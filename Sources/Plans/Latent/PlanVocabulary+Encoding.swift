extension PlanVocabulary {
  /// The latent-token stream of a whole plan, `<bos>` first, the goal's `}` last.
  ///
  /// Throws `PlanError` for a head or symbol without a token and for an integer out of range. O(tokens).
  public func encode(_ tree: PlanTree) throws -> [PlanToken] {
    var tokens = try encodePrompt(tree.goal)
    try append(tree.steps, to: &tokens)
    tokens.append(Self.close)
    return tokens
  }

  /// The prompt: `<bos>`, the goal call and its `{`.
  public func encodePrompt(_ goal: PlanCall) throws -> [PlanToken] {
    var tokens = [Self.start]
    try append(goal, kind: .goal, to: &tokens)
    tokens.append(Self.open)
    return tokens
  }

  /// The tokens of one integer, least significant digit first, after `-` if it is negative.
  package static func digits(of value: Int) -> [PlanToken] {
    var tokens = value < 0 ? [minus] : []
    var rest = value.magnitude
    repeat {
      tokens.append(digit(Int(rest % 10)))
      rest /= 10
    } while rest > 0
    return tokens
  }

  private func append(_ steps: [PlanNode], to tokens: inout [PlanToken]) throws {
    for step in steps {
      switch step {
      case .assertion(let call), .terminal(let call):
        try append(call, kind: step.kind, to: &tokens)
      case .action(let call, let output):
        try append(call, kind: .action, to: &tokens)
        if let output {
          tokens.append(Self.arrow)
          try append(output, to: &tokens)
        }
      case .subgoal(let call, let steps):
        try append(call, kind: .subgoal, to: &tokens)
        tokens.append(Self.open)
        try append(steps, to: &tokens)
        tokens.append(Self.close)
      case .branch(let call, let whenTrue, let whenFalse):
        try append(call, kind: .branch, to: &tokens)
        tokens.append(Self.open)
        try append(whenTrue, to: &tokens)
        tokens.append(Self.otherwise)
        try append(whenFalse, to: &tokens)
        tokens.append(Self.close)
      }
    }
  }

  private func append(_ call: PlanCall, kind: PlanNodeKind, to tokens: inout [PlanToken]) throws {
    let head = PlanHead(kind, call.name)
    guard let token = token(for: head) else { throw PlanError.unknownHead(head) }
    tokens.append(token)
    for (index, term) in call.arguments.enumerated() {
      if index > 0, term.type == .integer, call.arguments[index - 1].type == .integer { tokens.append(Self.comma) }
      try append(term, to: &tokens)
    }
  }

  private func append(_ term: PlanTerm, to tokens: inout [PlanToken]) throws {
    switch term {
    case .integer(let value):
      guard value.magnitude <= UInt(PlanTerm.integerLimit) else { throw PlanError.integerOutOfRange(value) }
      tokens += Self.digits(of: value)
    case .symbol(let name):
      guard let token = token(for: name), meaning(of: token) == .symbol(name) else {
        throw PlanError.unknownSymbol(name)
      }
      tokens.append(token)
    }
  }
}
