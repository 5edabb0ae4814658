extension PlanAutomaton.State {
  /// Computes the mask of the place just reached, and the menu that a step ending here would lead to.
  mutating func updateAllowed() {
    nextMenu = nil
    switch place {
    case .complete:
      allowed = TokenSet()
    case .boundary:
      let frame = frames[frames.count - 1]
      allowed = boundaryTokens(menu, hasEnded: frame.hasEnded, canClose: frame.canClose)
    case .arguments(let node, let inFreeInteger):
      allowed = argumentTokens(node, inFreeInteger: inFreeInteger)
    case .output:
      allowed = outputTokens()
    }
  }

  /// What follows the last token of a step of type `kind` that begins here, in the cheapest case.
  func costAfterStep(of kind: PlanNodeKind, menu: StepMenu) -> CompletionCost {
    let frame = frames[frames.count - 1]
    switch kind {
    case .action, .assertion: return frame.closingCost(ended: false)
    case .terminal: return frame.closingCost(ended: true)
    case .subgoal, .branch, .goal:
      let block = AutomatonFrame(kind, frame.call, in: frame, menu: menu)
      return block.openingCost(stepCost: menu.stepCost) + 1
    }
  }

  private func fits(_ cost: CompletionCost) -> Bool { cost.tokens <= tokensLeft && cost.nodes <= nodesLeft }

  /// Heads, `}` and `else` between steps.
  private func boundaryTokens(_ menu: StepMenu, hasEnded: Bool, canClose: Bool) -> TokenSet {
    let frame = frames[frames.count - 1]
    var tokens = TokenSet()
    let closing = frame.kind == .whenTrue ? PlanVocabulary.otherwise : PlanVocabulary.close
    if hasEnded {
      tokens.insert(closing)
      return tokens
    }
    if canClose, fits(frame.costOfClosingNow(ended: false)) { tokens.insert(closing) }
    // Terminals that the latent state does not admit, in case nothing else is possible.
    var reserve = TokenSet()
    let depth = frames.count + 1
    for (index, head) in tables.heads.enumerated() where menu.roots[index] >= 0 {
      let hasBlock = head.kind == .subgoal || head.kind == .branch
      guard depth + (hasBlock ? 1 : 0) <= tables.limits.maximumDepth else { continue }
      guard head.kind != .terminal || frame.admitsTerminals else { continue }
      let own = CompletionCost(1 + menu.nodes[Int(menu.roots[index])].tail + head.outputCost, nodes: 1)
      guard fits(own + costAfterStep(of: head.kind, menu: menu)) else { continue }
      if head.kind == .terminal, menu.hasAction, !menu.terminals.contains(head.token) {
        reserve.insert(head.token)
      } else {
        tokens.insert(head.token)
      }
    }
    return tokens.isEmpty ? reserve : tokens
  }

  private mutating func argumentTokens(_ node: Int32, inFreeInteger: Bool) -> TokenSet {
    let afterInteger = menu.nodes[Int(node)].afterInteger
    let outputCost = tables.heads[head].outputCost
    guard afterInteger >= 0 else { return followers(of: node) }
    var tokens = digitTokens(before: costAfterStep + (menu.nodes[Int(afterInteger)].tail + outputCost))
    if inFreeInteger, number.canEnd { tokens.formUnion(followers(of: afterInteger)) }
    return tokens
  }

  /// The edges of a trie node and, where the arguments may end, what follows the call.
  private mutating func followers(of node: Int32) -> TokenSet {
    var tokens = TokenSet()
    let info = tables.heads[head]
    let rest = costAfterStep + info.outputCost
    var child = menu.nodes[Int(node)].firstChild
    while child >= 0 {
      if fits(rest + (1 + menu.nodes[Int(child)].tail)) { tokens.insert(menu.nodes[Int(child)].token) }
      child = menu.nodes[Int(child)].nextSibling
    }
    guard menu.nodes[Int(node)].isEnd else { return tokens }
    if info.kind == .subgoal || info.kind == .branch {
      tokens.insert(PlanVocabulary.open)
    } else if info.entry.output != nil {
      tokens.insert(PlanVocabulary.arrow)
    } else {
      tokens.formUnion(tokensAfterStep())
    }
    return tokens
  }

  private mutating func outputTokens() -> TokenSet {
    if tables.heads[head].entry.output == .symbol { return tables.symbols }
    var tokens = digitTokens(before: costAfterStep)
    if number.canEnd { tokens.formUnion(tokensAfterStep()) }
    return tokens
  }

  /// The digits (and `-`) that a free integer may go on with, where `rest` follows it.
  private func digitTokens(before rest: CompletionCost) -> TokenSet {
    var tokens = TokenSet()
    for digit in 0...9 {
      guard let needed = number.digitsNeeded(after: digit, maximumDigits: tables.limits.maximumDigits) else { continue }
      if fits(rest + (1 + needed)) { tokens.insert(PlanVocabulary.digit(digit)) }
    }
    if tables.limits.allowsNegativeNumbers, number.isEmpty, fits(rest + 2) { tokens.insert(PlanVocabulary.minus) }
    return tokens
  }

  /// The tokens that may follow if the step being read ends here, in the latent state that this would leave.
  private mutating func tokensAfterStep() -> TokenSet {
    let step = step
    var next = menu
    if case .action(let call, let output) = step {
      next = StepMenu(menu.feasibility.applying(call, output: output), tables)
      nextMenu = next
    }
    let frame = frames[frames.count - 1]
    let hasEnded = step.kind == .terminal
    return boundaryTokens(next, hasEnded: hasEnded, canClose: frame.kind != .goal)
  }
}
