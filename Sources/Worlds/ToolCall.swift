import Plans

/// The rewriting of `call(tool,x,y)` to `tool(x,y)`, which feasibility and verifier share.
enum ToolCall {
  /// Candidates for an operation or for a tool call, from a function that knows operations only.
  ///
  /// - Parameter candidates: Candidates for the next operand of an operation after the given ones.
  static func candidates(
    action: String, after inputs: [PlanTerm], from candidates: (Operation, ArraySlice<PlanTerm>) -> [PlanTerm]
  ) -> [PlanTerm] {
    if let operation = Operation(rawValue: action) { return candidates(operation, inputs[...]) }
    guard action == "call" else { return [] }
    guard let tool = inputs.first else {
      return Operation.allCases.filter { !candidates($0, []).isEmpty }.map(\.rawValue).sorted().map { .symbol($0) }
    }
    guard case .symbol(let name) = tool, let operation = Operation(rawValue: name) else { return [] }
    return candidates(operation, inputs.dropFirst())
  }

  /// The step that an action node claims, or `nil` if it has not the shape of one.
  static func step(_ call: PlanCall, output: PlanTerm?) -> OperationStep? {
    var arguments = call.arguments[...]
    var name = call.name
    if name == "call" {
      guard case .symbol(let tool)? = arguments.popFirst() else { return nil }
      name = tool
    }
    guard let operation = Operation(rawValue: name), arguments.count == 2,
      case .integer(let x)? = arguments.first, case .integer(let y)? = arguments.last, case .integer(let z)? = output
    else { return nil }
    // Trees built in code may hold what no plan text can; beyond the limit, products could overflow.
    guard [x, y, z].allSatisfy({ (-PlanTerm.integerLimit...PlanTerm.integerLimit).contains($0) }) else { return nil }
    return OperationStep(operation, x, y, z)
  }
}

extension [Int] {
  /// As terms, ascending, without duplicates.
  var ascendingTerms: [PlanTerm] {
    var terms: [PlanTerm] = []
    var last: Int?
    for value in sorted() where value != last {
      terms.append(.integer(value))
      last = value
    }
    return terms
  }
}
