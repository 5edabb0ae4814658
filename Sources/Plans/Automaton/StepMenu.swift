/// The calls that may come next in one latent state, as a trie over their tokens; immutable, shared by copied states.
///
/// Built once for each latent state. Cost: one `candidates` call for each prefix of operands, so O(feasible calls).
final class StepMenu: Sendable {
  /// A place inside the arguments of a call. Nodes link to their children as a list.
  struct Node: Sendable {
    /// The token that leads here.
    let token: PlanToken
    /// −1 where no edge leads here: roots, and places after a free integer.
    let parent: Int32
    var firstChild: Int32 = -1
    var nextSibling: Int32 = -1
    /// Where the arguments go on after the free integer that is read here; −1 if none is.
    var afterInteger: Int32 = -1
    /// Whether the arguments may end here.
    var isEnd = false
    /// Tokens of the shortest rest of the arguments.
    var tail = CompletionCost.impossible.tokens
  }

  let feasibility: any Feasibility
  /// The root node by position in `AutomatonTables.heads`; −1 if the call cannot occur.
  let roots: [Int32]
  let nodes: [Node]
  /// Whether some allowed action can occur.
  let hasAction: Bool
  /// The cheapest step that is no terminal.
  let stepCost: CompletionCost
  /// Terminals that the latent state admits.
  let terminals: TokenSet

  init(_ feasibility: any Feasibility, _ tables: AutomatonTables) {
    let vector = feasibility.actionVector()
    var builder = StepMenuBuilder(feasibility, tables)
    var roots: [Int32] = []
    var terminals = TokenSet()
    roots.reserveCapacity(tables.heads.count)
    for head in tables.heads {
      if let index = head.actionIndex, !(index < vector.count && vector[index]) {
        roots.append(-1)
      } else {
        roots.append(builder.addCall(head))
      }
      if head.kind == .terminal, feasibility.allowsTerminal(head.entry.name) { terminals.insert(head.token) }
    }
    builder.measureTails()
    var hasAction = false
    var stepCost = CompletionCost.impossible
    for (index, head) in tables.heads.enumerated() where roots[index] >= 0 {
      let tail = builder.nodes[Int(roots[index])].tail
      guard tail < CompletionCost.impossible.tokens else {
        roots[index] = -1
        continue
      }
      if head.kind == .action { hasAction = true }
      if head.kind == .action || head.kind == .assertion {
        stepCost = min(stepCost, CompletionCost(1 + tail + head.outputCost, nodes: 1))
      }
    }
    self.feasibility = feasibility
    self.roots = roots
    nodes = builder.nodes
    self.hasAction = hasAction
    self.stepCost = stepCost
    self.terminals = terminals
  }

  /// The child of `node` that `token` leads to, or `nil`.
  func child(of node: Int32, by token: PlanToken) -> Int32? {
    var child = nodes[Int(node)].firstChild
    while child >= 0 {
      if nodes[Int(child)].token == token { return child }
      child = nodes[Int(child)].nextSibling
    }
    return nil
  }
}

/// Lays the tries of one menu out in one array.
private struct StepMenuBuilder {
  private let feasibility: any Feasibility
  private let tables: AutomatonTables
  private(set) var nodes: [StepMenu.Node] = []

  init(_ feasibility: any Feasibility, _ tables: AutomatonTables) {
    self.feasibility = feasibility
    self.tables = tables
    nodes.reserveCapacity(64)
  }

  /// Adds the trie of one call; returns its root.
  mutating func addCall(_ head: AutomatonTables.Head) -> Int32 {
    let root = append(token: head.token, parent: -1)
    var inputs: [PlanTerm] = []
    addInputs(head, slot: 0, at: root, &inputs, asks: head.kind != .terminal)
    return root
  }

  /// Sets the tails. Children and continuations have larger indices than where they come from.
  mutating func measureTails() {
    for index in nodes.indices.reversed() {
      if nodes[index].afterInteger >= 0 {
        nodes[index].tail = min(nodes[index].tail, 1 + nodes[Int(nodes[index].afterInteger)].tail)
      }
      if nodes[index].isEnd { nodes[index].tail = 0 }
      let parent = Int(nodes[index].parent)
      if parent >= 0 { nodes[parent].tail = min(nodes[parent].tail, 1 + nodes[index].tail) }
    }
  }

  /// Adds inputs from `slot` on after node `place`.
  ///
  /// `asks` is false once an input was free: what it will be is unknown here, so the following ones are free too.
  private mutating func addInputs(
    _ head: AutomatonTables.Head, slot: Int, at place: Int32, _ inputs: inout [PlanTerm], asks: Bool
  ) {
    let types = head.entry.inputs
    guard slot < types.count else {
      nodes[Int(place)].isEnd = true
      return
    }
    let type = types[slot]
    let candidates =
      asks ? feasibility.candidates(action: head.entry.name, after: inputs).filter { $0.type == type } : []
    if candidates.isEmpty, head.kind == .action { return }
    let needsComma = type == .integer && slot > 0 && types[slot - 1] == .integer
    let start = needsComma ? child(of: place, by: PlanVocabulary.comma) : place
    if candidates.isEmpty {
      addFreeInput(head, slot: slot, at: start, &inputs)
      return
    }
    for candidate in candidates {
      guard let end = addTerm(candidate, at: start) else { continue }
      inputs.append(candidate)
      addInputs(head, slot: slot + 1, at: end, &inputs, asks: true)
      inputs.removeLast()
    }
  }

  private mutating func addFreeInput(
    _ head: AutomatonTables.Head, slot: Int, at start: Int32, _ inputs: inout [PlanTerm]
  ) {
    switch head.entry.inputs[slot] {
    case .integer:
      let end = append(token: PlanVocabulary.padding, parent: -1)
      nodes[Int(start)].afterInteger = end
      addInputs(head, slot: slot + 1, at: end, &inputs, asks: false)
    case .symbol:
      for token in tables.symbols {
        addInputs(head, slot: slot + 1, at: child(of: start, by: token), &inputs, asks: false)
      }
    }
  }

  /// The node after `term`, or `nil` if no tokens stand for it.
  private mutating func addTerm(_ term: PlanTerm, at start: Int32) -> Int32? {
    switch term {
    case .integer(let value):
      guard value.magnitude <= UInt(PlanTerm.integerLimit) else { return nil }
      var place = start
      if value < 0 { place = child(of: place, by: PlanVocabulary.minus) }
      var rest = Int(value.magnitude)
      repeat {
        place = child(of: place, by: PlanVocabulary.digit(rest % 10))
        rest /= 10
      } while rest > 0
      return place
    case .symbol(let name):
      guard let token = tables.vocabulary.token(for: name), tables.symbols.contains(token) else { return nil }
      return child(of: start, by: token)
    }
  }

  /// The child of `place` by `token`, made if it is missing.
  private mutating func child(of place: Int32, by token: PlanToken) -> Int32 {
    var last: Int32 = -1
    var child = nodes[Int(place)].firstChild
    while child >= 0 {
      if nodes[Int(child)].token == token { return child }
      last = child
      child = nodes[Int(child)].nextSibling
    }
    let made = append(token: token, parent: place)
    if last >= 0 { nodes[Int(last)].nextSibling = made } else { nodes[Int(place)].firstChild = made }
    return made
  }

  private mutating func append(token: PlanToken, parent: Int32) -> Int32 {
    nodes.append(StepMenu.Node(token: token, parent: parent))
    return Int32(nodes.count - 1)
  }
}
