/// What is the same for every state of one automaton.
final class AutomatonTables: Sendable {
  /// A head that may be generated.
  struct Head: Sendable {
    let token: PlanToken
    let kind: PlanNodeKind
    let entry: PlanSignature.Entry
    /// Position in the action-feasibility vector; `nil` for other node types.
    let actionIndex: Int?
    /// Tokens of the shortest output with its `->`.
    var outputCost: Int { entry.output == nil ? 0 : 2 }
  }

  let vocabulary: PlanVocabulary
  let signature: PlanSignature
  let limits: PlanLimits
  /// In order of tokens.
  let heads: [Head]
  /// Position in `heads` by token, −1 elsewhere.
  let headIndices: [Int]
  let symbols: TokenSet
  /// The cheapest terminal: the price of ending a path.
  let terminalCost: CompletionCost

  init(vocabulary: PlanVocabulary, signature: PlanSignature, heads: Set<PlanHead>, limits: PlanLimits) throws {
    var actionIndex = -1
    var list: [Head] = []
    for entry in signature.entries {
      if entry.kind == .action { actionIndex += 1 }
      let head = PlanHead(entry.kind, entry.name)
      guard entry.kind != .goal, heads.contains(head) else { continue }
      guard entry.repeating.isEmpty else { throw PlanError.repeatingInputs(head) }
      guard let token = vocabulary.token(for: head) else { throw PlanError.unknownHead(head) }
      list.append(
        Head(token: token, kind: entry.kind, entry: entry, actionIndex: entry.kind == .action ? actionIndex : nil))
    }
    let stranger = heads.subtracting(signature.heads).min { $0.description < $1.description }
    if let stranger { throw PlanError.headNotInSignature(stranger) }
    list.sort { $0.token < $1.token }
    let terminals = list.filter { $0.kind == .terminal }
    guard let cheapest = terminals.map({ 1 + $0.entry.shortestFreeInputs }).min() else { throw PlanError.noTerminal }
    terminalCost = CompletionCost(cheapest, nodes: 1)
    var indices = [Int](repeating: -1, count: vocabulary.count)
    for (index, head) in list.enumerated() { indices[head.token.index] = index }
    symbols = TokenSet(
      try signature.symbols.map { name in
        guard let token = vocabulary.token(for: name) else { throw PlanError.unknownSymbol(name) }
        return token
      })
    headIndices = indices
    self.heads = list
    self.vocabulary = vocabulary
    self.signature = signature
    self.limits = limits
  }
}

extension PlanSignature.Entry {
  /// Tokens of the shortest free inputs: one each, and `,` between adjacent integers.
  fileprivate var shortestFreeInputs: Int {
    inputs.count + zip(inputs, inputs.dropFirst()).count { $0 == .integer && $1 == .integer }
  }
}
