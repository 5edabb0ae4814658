import Plans

/// What could occur next in countdown: any two available numbers, the larger first, where the operation is exact and
/// its result within range. Says nothing about the target.
struct CountdownFeasibility: Feasibility {
  /// Numbers that may be used, given ones and claimed results.
  private var available: [Int]
  private var stepCount = 0

  init(_ problem: CountdownProblem) { available = problem.numbers }

  func actionVector() -> [Bool] {
    let possible = Operation.allCases.map { operation in available.indices.contains { !partners(operation, $0).isEmpty }
    }
    return possible + [possible.contains(true)]
  }

  func candidates(action: String, after inputs: [PlanTerm]) -> [PlanTerm] {
    if action == "value" { return inputs.isEmpty ? available.ascendingTerms : [] }
    return ToolCall.candidates(action: action, after: inputs) { operation, operands in
      guard let first = operands.first else {
        return available.indices.filter { !partners(operation, $0).isEmpty }.map { available[$0] }.ascendingTerms
      }
      guard operands.count == 1, case .integer(let x) = first, let index = available.firstIndex(of: x) else {
        return []
      }
      return partners(operation, index).ascendingTerms
    }
  }

  func applying(_ call: PlanCall, output: PlanTerm?) -> any Feasibility {
    var next = self
    next.stepCount += 1
    for case .integer(let operand) in call.arguments {
      if let index = next.available.firstIndex(of: operand) { next.available.remove(at: index) }
    }
    if case .integer(let result)? = output { next.available.append(result) }
    return next
  }

  func allowsTerminal(_ outcome: String) -> Bool {
    outcome == "return" ? stepCount > 0 : stepCount == 0
  }

  /// The numbers that may be the second operand when the one at `index` is the first.
  private func partners(_ operation: Operation, _ index: Int) -> [Int] {
    available.indices.filter { $0 != index && CountdownMoves.isPossible(operation, available[index], available[$0]) }
      .map { available[$0] }
  }
}
