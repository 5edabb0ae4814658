import Plans

/// What could occur next in a chain: the running value combined with any operand not used yet, where the result would
/// stay within range. Which operand and which operation the chain asks for is the model's to see.
struct ArithmeticFeasibility: Feasibility {
  /// The value claimed last; the first operand before any step.
  private var value: Int
  /// Operands not used yet, ascending.
  private var remaining: [Int]
  private var stepCount = 0

  init(_ chain: ArithmeticProblem) {
    value = chain.first
    remaining = chain.links.map(\.operand).sorted()
  }

  func actionVector() -> [Bool] {
    let possible = Operation.allCases.map { operation in remaining.contains { isPossible(operation, $0) } }
    return possible + [possible.contains(true)]
  }

  func candidates(action: String, after inputs: [PlanTerm]) -> [PlanTerm] {
    if action == "value" { return inputs.isEmpty ? ([value] + remaining).ascendingTerms : [] }
    return ToolCall.candidates(action: action, after: inputs) { operation, operands in
      let second = remaining.filter { isPossible(operation, $0) }
      switch operands.count {
      case 0: return second.isEmpty ? [] : [.integer(value)]
      case 1: return second.ascendingTerms
      default: return []
      }
    }
  }

  func applying(_ call: PlanCall, output: PlanTerm?) -> any Feasibility {
    var next = self
    next.stepCount += 1
    if case .integer(let result)? = output { next.value = result }
    if case .integer(let operand)? = call.arguments.last, let index = remaining.firstIndex(of: operand) {
      next.remaining.remove(at: index)
    }
    return next
  }

  func allowsTerminal(_ outcome: String) -> Bool {
    outcome == "return" ? stepCount > 0 : stepCount == 0
  }

  private func isPossible(_ operation: Operation, _ operand: Int) -> Bool {
    if operation == .mul, !ArithmeticProblem.factors.contains(operand) { return false }
    return operation.result(value, operand).map(ArithmeticProblem.values.contains) ?? false
  }
}
