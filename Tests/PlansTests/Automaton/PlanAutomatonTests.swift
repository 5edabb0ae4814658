import Plans
import Randomness
import TestSupport
import Testing

@Suite struct PlanAutomatonTests {  // Sources/Plans/Automaton/
  private let vocabulary = ToyWorld.vocabulary

  private func automaton(
    _ limits: PlanLimits, heads: Set<PlanHead>? = nil
  ) throws -> PlanAutomaton {
    try PlanAutomaton(vocabulary: vocabulary, signature: ToyWorld.signature, heads: heads, limits: limits)
  }

  private func allowed(_ state: PlanAutomaton.State) -> String { vocabulary.text(of: state.allowed) }

  private func advance(_ state: inout PlanAutomaton.State, _ stream: String) throws {
    for piece in stream.split(separator: " ") {
      try state.advance(try #require(vocabulary.token(for: String(piece))))
    }
  }

  /// Random numbers whose digits share beginnings and ends.
  private func table(_ random: inout RandomStream) -> [Int] {
    let pool = [0, 3, 7, 10, 30, 37, 73, 100, 137, -3, -10, 9999]
    return (0..<random.index(below: 5)).map { _ in pool[random.index(below: pool.count)] }
  }

  private func limits(_ random: inout RandomStream) -> PlanLimits {
    PlanLimits(
      tokenBudget: random.integer(in: 2...60), maximumDepth: random.integer(in: 2...5),
      maximumNodes: random.integer(in: 2...14), maximumDigits: random.integer(in: 1...4),
      allowsNegativeNumbers: random.index(below: 2) == 0)
  }

  @Test func walks_endWithinTheLimitsParseAndTypeCheck() throws {
    let checker = PlanTypeChecker(ToyWorld.signature)
    try withEvery("seed", in: UInt64(0)..<20_000) { seed in
      var random = RandomStream(seed: seed, "plans/walks")
      let numbers = table(&random)
      let limits = limits(&random)
      var state = try automaton(limits).start(goal: ToyWorld.goal(numbers), feasibility: ToyTable(numbers: numbers))
      var tokens = try vocabulary.encodePrompt(ToyWorld.goal(numbers))
      let promptLength = tokens.count
      while !state.isComplete {
        let choices = Array(state.allowed)
        try #require(!choices.isEmpty, "stuck after \(vocabulary.text(of: tokens)) with \(limits)")
        try #require(state.forced == (choices.count == 1 ? choices[0] : nil))
        let token = choices[random.index(below: choices.count)]
        tokens.append(token)
        try state.advance(token)
      }
      try #require(tokens.count - promptLength <= limits.tokenBudget)
      try #require(state.tokensLeft == limits.tokenBudget - (tokens.count - promptLength))
      let tree = try PlanParser.parse(vocabulary.canonicalText(tokens))
      try #require(tree == state.tree && tree.steps == state.finishedSteps)
      try #require(try vocabulary.encode(tree) == tokens)
      try #require(checker.findings(in: tree) == [])
      try #require(tree.nodeCount - 1 == state.finishedStepCount)
      let rules: [any PlanRule] = [
        DepthWithinLimit(maximumDepth: limits.maximumDepth), NodeCountWithinLimit(maximumNodes: limits.maximumNodes),
        TerminalEndsPlan(), SubgoalHasSteps(), ArmsHaveSteps(),
      ]
      try #require(rules.flatMap { $0.findings(in: tree) } == [], "\(tree.canonicalText)")
      try #require(usesFeasibleOperands(tree.steps, ToyTable(numbers: numbers)), "\(tree.canonicalText)")
    }
  }

  /// Whether the actions before the first branch take operands that lie on the table.
  private func usesFeasibleOperands(_ steps: [PlanNode], _ table: ToyTable) -> Bool {
    var state: any Feasibility = table
    var rest = steps[...]
    while let step = rest.popFirst() {
      switch step {
      case .branch: return true
      case .subgoal(_, let inner): rest = inner[...] + rest
      case .assertion, .terminal: break
      case .action(let call, let output):
        for (index, input) in call.arguments.enumerated() {
          let candidates = state.candidates(action: call.name, after: Array(call.arguments[..<index]))
          guard candidates.contains(input) else { return false }
        }
        state = state.applying(call, output: output)
      }
    }
    return true
  }

  @Test func validPlans_areAllowedTokenByTokenWithinExactLimits() throws {
    var lengths = 0
    try withEvery("seed", in: UInt64(0)..<10_000) { seed in
      var random = RandomStream(seed: seed, "plans/completeness")
      let numbers = table(&random)
      var plans = ToyPlans(random, maximumDigits: 3)
      let tree = plans.plan(numbers)
      let tokens = try vocabulary.encode(tree)
      let prompt = try vocabulary.encodePrompt(tree.goal)
      let limits = PlanLimits(
        tokenBudget: tokens.count - prompt.count, maximumDepth: tree.depth, maximumNodes: tree.nodeCount,
        maximumDigits: 3, allowsNegativeNumbers: true)
      var state = try automaton(limits).start(goal: tree.goal, feasibility: ToyTable(numbers: numbers))
      for (index, token) in tokens.enumerated().dropFirst(prompt.count) {
        try #require(
          state.allowed.contains(token),
          "token \(index) '\(vocabulary.text(of: token))' of \(tree.canonicalText); allowed: \(allowed(state))")
        try state.advance(token)
      }
      try #require(state.isComplete && state.tokensLeft == 0 && state.tree == tree)
      lengths += tokens.count - prompt.count
    }
    #expect(lengths > 100_000, "the reference writes plans of some length")
  }

  /// Control: with one token less than a plan takes, exactly that plan must become impossible.
  @Test func validPlans_areRefusedOneTokenShort() throws {
    try withEvery("seed", in: UInt64(0)..<1_000) { seed in
      var plans = ToyPlans(RandomStream(seed: seed, "plans/short"), maximumDigits: 3)
      let tree = plans.plan([3, 37, 100])
      let tokens = try vocabulary.encode(tree).dropFirst(try vocabulary.encodePrompt(tree.goal).count)
      guard tokens.count > 2 else { return }
      let limits = PlanLimits(
        tokenBudget: tokens.count - 1, maximumDigits: 3, allowsNegativeNumbers: true)
      var state = try automaton(limits).start(goal: tree.goal, feasibility: ToyTable(numbers: [3, 37, 100]))
      #expect(throws: PlanError.self) { for token in tokens { try state.advance(token) } }
    }
  }

  @Test func operands_followTheDigitTrie() throws {
    let heads = ToyWorld.signature.heads.filter { [.action, .terminal].contains($0.kind) }
    var state = try automaton(PlanLimits(), heads: heads).start(
      goal: ToyWorld.goal([3, 37, 137]), feasibility: ToyTable(numbers: [3, 37, 137]))
    // No action was taken yet, so the world admits no terminal; `never` has no operand.
    #expect(allowed(state) == "action:add action:sub action:call action:drop action:name")
    try advance(&state, "action:add")
    #expect(allowed(state) == "3 7")
    try advance(&state, "7")
    #expect(state.forced == vocabulary.token(for: "3"))
    try advance(&state, "3")
    #expect(allowed(state) == ", 1")
    try advance(&state, ",")
    #expect(allowed(state) == "3 7")
    try advance(&state, "7 3 1")
    #expect(state.forced == vocabulary.token(for: "->"))
    try advance(&state, "->")
    #expect(allowed(state) == "0 1 2 3 4 5 6 7 8 9")
    #expect(state.finishedSteps.isEmpty)
    try advance(&state, "4 7")
    #expect(state.finishedSteps.isEmpty, "the number may go on")
    try advance(&state, "1 action:drop")
    #expect(state.finishedSteps.map(\.canonicalText) == ["action add(37,137)->174;"])
    #expect(allowed(state) == "3 4")
    try advance(&state, "4 7 1")
    #expect(allowed(state) == "action:drop action:name terminal:return terminal:yield", "only 3 is left")
    try advance(&state, "terminal:return")
    #expect(state.finishedSteps.last == .terminal(PlanCall("return")), "it ends in no number")
    #expect(allowed(state) == "}")
  }

  @Test func outputs_haveNoLeadingZeros() throws {
    let limits = PlanLimits(maximumDigits: 2, allowsNegativeNumbers: true)
    var state = try automaton(limits).start(goal: ToyWorld.goal([3, 4]), feasibility: ToyTable(numbers: [3, 4]))
    try advance(&state, "action:add 3 , 4 ->")
    #expect(allowed(state) == "0 1 2 3 4 5 6 7 8 9 -")
    var zero = state
    try advance(&zero, "0")
    #expect(allowed(zero).hasPrefix("1 2 3 4 5 6 7 8 9 assertion:value"), "0 may end, 00 may not come")
    var negativeZero = state
    try advance(&negativeZero, "- 0")
    #expect(allowed(negativeZero) == "1 2 3 4 5 6 7 8 9", "-0 may not end")
    try advance(&state, "5 1")
    #expect(!allowed(state).contains("0"), "two digits are the limit")
  }

  @Test func mask_dependsOnTheValueThatTheNumberWouldHave() throws {
    let heads = ToyWorld.signature.heads.filter { [.action, .terminal].contains($0.kind) }
    let limits = PlanLimits(maximumNodes: 4)
    var state = try automaton(limits, heads: heads).start(
      goal: ToyWorld.goal([3, 4]), feasibility: ToyTable(numbers: [3, 4]))
    try advance(&state, "action:add 3 , 4 -> 7 action:drop")
    #expect(allowed(state) == "7")
    try advance(&state, "7")
    // The table is empty and no action can occur: terminals alone.
    #expect(allowed(state) == "terminal:return terminal:yield")
  }

  @Test func terminals_areReleasedWhereNothingElseFits() throws {
    let goal = ToyWorld.goal([3, 4])
    let table = ToyTable(numbers: [3, 4])
    let tight = try automaton(PlanLimits(tokenBudget: 2)).start(goal: goal, feasibility: table)
    #expect(allowed(tight) == "terminal:return")
    // drop 3 return } is the shortest plan with an action.
    let heads = ToyWorld.signature.heads.filter { [.action, .terminal].contains($0.kind) }
    let enough = try automaton(PlanLimits(tokenBudget: 4), heads: heads).start(goal: goal, feasibility: table)
    #expect(allowed(enough) == "action:drop")
    let empty = try automaton(PlanLimits()).start(goal: ToyWorld.goal([]), feasibility: ToyTable(numbers: []))
    #expect(allowed(empty).contains("terminal:return"), "no action can occur")
  }

  @Test func finishedSteps_leaveOpenBranchesOut() throws {
    var state = try automaton(PlanLimits()).start(
      goal: ToyWorld.goal([3, 4]), feasibility: ToyTable(numbers: [3, 4]))
    try advance(&state, "assertion:value 3 subgoal:reach 4 { action:drop 3 assertion:holds big 5")
    #expect(state.finishedSteps.map(\.canonicalText) == ["assert value(3);", "action drop(3);"])
    try advance(&state, "} branch:value 4 {")
    #expect(
      state.finishedSteps.map(\.canonicalText) == [
        "assert value(3);", "subgoal reach(4){action drop(3);assert holds(big,5);}",
      ])
    try advance(&state, "action:drop 4 else")
    #expect(state.finishedSteps.count == 2 && state.finishedStepCount == 5)
    try advance(&state, "action:name 4 -> big terminal:return")
    #expect(state.finishedSteps.count == 2)
    try advance(&state, "}")
    #expect(state.finishedSteps.count == 3)
    // Only the true arm goes on, and it dropped the last number.
    #expect(!allowed(state).contains("action:"))
  }

  @Test func errors_sayWhatToDo() throws {
    let goal = ToyWorld.goal([3])
    let table = ToyTable(numbers: [3])
    func message(_ body: () throws -> Void) -> String {
      do { try body() } catch { return "\(error)" }
      return "no error"
    }
    var state = try automaton(PlanLimits(tokenBudget: 2)).start(goal: goal, feasibility: table)
    #expect(message { try advance(&state, "{") } == "token '{' is not allowed here; allowed: terminal:return.")
    #expect(allowed(state) == "terminal:return", "a refused token changes nothing")
    #expect(
      message { _ = try automaton(PlanLimits()).start(goal: PlanCall("win"), feasibility: table) }
        == "goal 'win()' does not fit the signature: no goal is called 'win'; known: reach.")
    #expect(
      message { _ = try automaton(PlanLimits(), heads: [PlanHead(.action, "add")]) }
        == "no terminal is among the allowed heads, so no plan could end. Allow at least one.")
    #expect(
      message { _ = try automaton(PlanLimits(), heads: [PlanHead(.action, "fly"), PlanHead(.terminal, "return")]) }
        == "'action:fly' is allowed but the signature does not declare it. Take heads from 'signature.heads'.")
    #expect(
      message {
        let yield: Set = [PlanHead(.terminal, "yield")]
        _ = try automaton(PlanLimits(tokenBudget: 4), heads: yield).start(goal: goal, feasibility: table)
      } == "the shortest plan takes 5 tokens; the budget is 4. Raise the token budget.")
    let repeating = PlanSignature(
      entries: [.init(.action, "sum", repeating: [.integer]), .init(.terminal, "return")], symbols: [])
    #expect(
      message {
        _ = try PlanAutomaton(
          vocabulary: PlanVocabulary(signatures: [repeating]), signature: repeating, limits: PlanLimits())
      } == "'action:sum' repeats a group of inputs; only goals may. Give it a fixed number of inputs.")
  }
}
