import Plans

/// A plan being generated: its tokens so far and where the automaton stands. A value; copies are independent.
///
/// Unless it is complete, its next token is a real choice: forced tokens are appended as soon as they are forced.
public struct PartialPlan: Sendable {
  public let goal: PlanCall
  /// Tokens of the prompt, `<bos>` and `{` included.
  public let promptLength: Int
  /// The prompt and what was emitted after it.
  public private(set) var tokens: [PlanToken]
  public private(set) var state: PlanAutomaton.State
  /// Sum of the natural-log probabilities of the chosen tokens; forced ones cost nothing.
  public private(set) var logProbability = 0.0
  /// Tokens that were chosen, not forced.
  public private(set) var decisions = 0

  /// The empty plan for `goal`. Throws what `PlanAutomaton.start` throws.
  public init(goal: PlanCall, automaton: PlanAutomaton, feasibility: any Feasibility) throws {
    self.goal = goal
    state = try automaton.start(goal: goal, feasibility: feasibility)
    tokens = try automaton.vocabulary.encodePrompt(goal)
    promptLength = tokens.count
    try appendForced()
  }

  public var isComplete: Bool { state.isComplete }

  /// Appends a chosen token and every token forced after it.
  ///
  /// Throws `PlanError.tokenNotAllowed`, leaving the plan as it was.
  public mutating func extend(_ token: PlanToken, logProbability: Double) throws {
    try state.advance(token)
    tokens.append(token)
    self.logProbability += logProbability
    decisions += 1
    try appendForced()
  }

  /// The plan with a chosen token and every token forced after it.
  public func extended(by token: PlanToken, logProbability: Double) throws -> PartialPlan {
    var copy = self
    try copy.extend(token, logProbability: logProbability)
    return copy
  }

  /// The complete plan as read back from its canonical text: a model's output passes the parser as a written plan does.
  ///
  /// `nil` while the plan is incomplete. Throws `PlanError`.
  public func parsedTree() throws -> PlanTree? {
    guard isComplete else { return nil }
    return try PlanParser.parse(state.vocabulary.canonicalText(tokens))
  }

  private mutating func appendForced() throws {
    while let token = state.forced {
      try state.advance(token)
      tokens.append(token)
    }
  }
}
