import Plans
import Randomness

/// A world of numbers on a table, with a node for every feature of a signature.
enum ToyWorld {
  static let signature = PlanSignature(
    entries: [
      .init(.goal, "reach", inputs: [.integer], repeating: [.integer]),
      .init(.assertion, "value", inputs: [.integer]),
      .init(.assertion, "holds", inputs: [.symbol, .integer]),
      .init(.subgoal, "reach", inputs: [.integer]),
      .init(.action, "add", inputs: [.integer, .integer], output: .integer),
      .init(.action, "sub", inputs: [.integer, .integer], output: .integer),
      .init(.action, "call", inputs: [.symbol, .integer, .integer], output: .integer),
      .init(.action, "drop", inputs: [.integer]),
      .init(.action, "name", inputs: [.integer], output: .symbol),
      .init(.action, "never", inputs: [.integer], output: .integer),
      .init(.branch, "value", inputs: [.integer]),
      .init(.terminal, "return"),
      .init(.terminal, "yield", inputs: [.integer, .integer]),
    ], symbols: ["plus", "minus", "big"])

  static let vocabulary = PlanVocabulary(signatures: [signature])

  static func goal(_ numbers: [Int]) -> PlanCall { PlanCall("reach", ([7] + numbers).map(PlanTerm.integer)) }
}

/// The numbers on the table. Claims of subgoals and branches may name only numbers that lie there.
struct ToyTable: Feasibility {
  var numbers: [Int]
  var actionCount = 0

  func actionVector() -> [Bool] {
    let pairs = numbers.count >= 2
    // `name` is possible while something lies there; `never` says it can occur but names no operand.
    return [pairs, pairs, pairs, !numbers.isEmpty, !numbers.isEmpty, true]
  }

  func candidates(action: String, after inputs: [PlanTerm]) -> [PlanTerm] {
    switch (action, inputs.count) {
    case ("never", _),
      ("value", _) where numbers.isEmpty, ("holds", _), ("yield", _):
      return []
    case ("call", 0): return [.symbol("plus"), .symbol("minus")]
    case ("add", _), ("sub", _), ("call", _), ("drop", _), ("name", _), ("reach", _), ("value", _):
      return Set(without(inputs)).sorted().map(PlanTerm.integer)
    default: return []
    }
  }

  func applying(_ call: PlanCall, output: PlanTerm?) -> any Feasibility {
    var next = ToyTable(numbers: numbers, actionCount: actionCount + 1)
    if call.name != "name" { next.numbers = without(call.arguments) }
    if case .integer(let value)? = output { next.numbers.append(value) }
    return next
  }

  func allowsTerminal(_ outcome: String) -> Bool { actionCount > 0 }

  private func without(_ terms: [PlanTerm]) -> [Int] {
    var rest = numbers
    for case .integer(let value) in terms { if let index = rest.firstIndex(of: value) { rest.remove(at: index) } }
    return rest
  }
}

/// Writes random plans that are valid in the toy world, without the automaton: the reference for completeness.
struct ToyPlans {
  var random: RandomStream
  let maximumDigits: Int
  private var nodesLeft = 0

  init(_ random: RandomStream, maximumDigits: Int) {
    self.random = random
    self.maximumDigits = maximumDigits
  }

  mutating func plan(_ numbers: [Int], maximumNodes: Int = 12) -> PlanTree {
    nodesLeft = random.index(below: maximumNodes)
    var table: any Feasibility = ToyTable(numbers: numbers)
    var (steps, hasEnded) = block(&table, depth: 2, inSubgoal: false)
    if !hasEnded {
      // A terminal wants an action before it, unless none is possible.
      if !isFree(table), let step = action("add", &table) ?? action("drop", &table) { steps.append(step) }
      steps.append(terminal())
    }
    return PlanTree(goal: ToyWorld.goal(numbers), steps: steps)
  }

  private mutating func block(
    _ table: inout any Feasibility, depth: Int, inSubgoal: Bool
  ) -> (steps: [PlanNode], hasEnded: Bool) {
    var steps: [PlanNode] = []
    while nodesLeft > 0, random.index(below: 4) > 0 {
      nodesLeft -= 1
      switch random.index(below: depth < 5 ? 8 : 6) {
      case 0: steps.append(.assertion(PlanCall("value", claimInputs("value", table))))
      case 1: steps.append(.assertion(PlanCall("holds", [symbol(), .integer(number())])))
      case 5 where !inSubgoal && isFree(table):
        return (steps + [terminal()], true)
      case 6:
        let call = PlanCall("reach", claimInputs("reach", table))
        var inner = block(&table, depth: depth + 1, inSubgoal: true).steps
        if inner.isEmpty { inner = [.assertion(PlanCall("holds", [symbol(), .integer(number())]))] }
        steps.append(.subgoal(call, steps: inner))
      case 7:
        let call = PlanCall("value", claimInputs("value", table))
        var otherTable = table
        var whenTrue = block(&table, depth: depth + 1, inSubgoal: inSubgoal)
        if whenTrue.steps.isEmpty { whenTrue.steps = [.assertion(PlanCall("value", claimInputs("value", table)))] }
        var whenFalse = block(&otherTable, depth: depth + 1, inSubgoal: inSubgoal)
        if whenFalse.steps.isEmpty {
          whenFalse.steps = [.assertion(PlanCall("value", claimInputs("value", otherTable)))]
        }
        steps.append(.branch(call, whenTrue: whenTrue.steps, whenFalse: whenFalse.steps))
        switch (whenTrue.hasEnded, whenFalse.hasEnded) {
        case (true, true): return (steps, true)
        case (true, false): table = otherTable
        case (false, true): break
        case (false, false): table = Both(first: table, second: otherTable)
        }
      default:
        let name = ["add", "sub", "call", "drop", "name"][random.index(below: 5)]
        if let step = action(name, &table) { steps.append(step) }
      }
    }
    return (steps, false)
  }

  /// What both tables allow: the reference for branches whose arms both go on.
  private struct Both: Feasibility {
    let first: any Feasibility
    let second: any Feasibility

    func actionVector() -> [Bool] {
      let others = second.actionVector()
      return first.actionVector().enumerated().map { $1 && others[$0] }
    }
    func candidates(action: String, after inputs: [PlanTerm]) -> [PlanTerm] {
      let others = Set(second.candidates(action: action, after: inputs))
      return first.candidates(action: action, after: inputs).filter { others.contains($0) }
    }
    func applying(_ call: PlanCall, output: PlanTerm?) -> any Feasibility {
      Both(first: first.applying(call, output: output), second: second.applying(call, output: output))
    }
    func allowsTerminal(_ outcome: String) -> Bool {
      first.allowsTerminal(outcome) && second.allowsTerminal(outcome)
    }
  }

  private func isFree(_ table: any Feasibility) -> Bool { table.allowsTerminal("return") }

  private mutating func action(_ name: String, _ table: inout any Feasibility) -> PlanNode? {
    guard let entry = ToyWorld.signature.entry(.action, name) else { return nil }
    var inputs: [PlanTerm] = []
    for _ in entry.inputs {
      let candidates = table.candidates(action: name, after: inputs)
      guard !candidates.isEmpty else { return nil }
      inputs.append(candidates[random.index(below: candidates.count)])
    }
    let output: PlanTerm? =
      switch entry.output {
      case .integer: .integer(number())
      case .symbol: symbol()
      case nil: nil
      }
    let call = PlanCall(name, inputs)
    table = table.applying(call, output: output)
    return .action(call, output: output)
  }

  private mutating func claimInputs(_ name: String, _ table: any Feasibility) -> [PlanTerm] {
    let candidates = table.candidates(action: name, after: [])
    return [candidates.isEmpty ? .integer(number()) : candidates[random.index(below: candidates.count)]]
  }

  private mutating func terminal() -> PlanNode {
    random.index(below: 2) == 0
      ? .terminal(PlanCall("return")) : .terminal(PlanCall("yield", [.integer(number()), .integer(number())]))
  }

  private mutating func symbol() -> PlanTerm {
    .symbol(ToyWorld.signature.symbols[random.index(below: ToyWorld.signature.symbols.count)])
  }

  /// At most `maximumDigits` digits, negative one time in four.
  private mutating func number() -> Int {
    var bound = 1
    for _ in 0...random.index(below: maximumDigits) { bound *= 10 }
    let value = random.index(below: bound)
    return random.index(below: 4) == 0 ? -value : value
  }
}
