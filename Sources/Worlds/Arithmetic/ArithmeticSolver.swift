/// Evaluates chains exactly. For labels and for the check of an `unsolvable` claim.
package enum ArithmeticSolver {
  /// The chain's steps, or `nil` if a value leaves `ArithmeticProblem.values`.
  package static func solution(of chain: ArithmeticProblem) -> [OperationStep]? {
    var value = chain.first
    var steps: [OperationStep] = []
    steps.reserveCapacity(chain.links.count)
    for link in chain.links {
      guard let result = link.operation.result(value, link.operand), ArithmeticProblem.values.contains(result) else {
        return nil
      }
      steps.append(OperationStep(link.operation, value, link.operand, result))
      value = result
    }
    return steps
  }
}
