/// The moves of countdown: which steps are possible on a multiset of numbers, in canonical operand order.
///
/// Only the larger operand comes first, so each sum and product appears once; values stay within
/// `CountdownProblem.values`.
enum CountdownMoves {
  /// Whether `x operation y` is possible with its operands in this order.
  static func isPossible(_ operation: Operation, _ x: Int, _ y: Int) -> Bool {
    x >= y && (operation.result(x, y).map(CountdownProblem.values.contains) ?? false)
  }

  /// Calls `body` for every possible step and the numbers after it (the result last).
  ///
  /// `numbers` is changed during the enumeration and restored after it: the solver runs 10⁵ times, so it copies
  /// nothing.
  static func forEach(_ numbers: inout [Int], _ body: (OperationStep, inout [Int]) -> Void) {
    for i in numbers.indices {
      for j in numbers.indices where j > i {
        let (a, b) = (numbers[i], numbers[j])
        numbers.remove(at: j)
        numbers.remove(at: i)
        let (x, y) = (max(a, b), min(a, b))
        for operation in Operation.allCases {
          guard let result = operation.result(x, y), CountdownProblem.values.contains(result) else { continue }
          numbers.append(result)
          body(OperationStep(operation, x, y, result), &numbers)
          numbers.removeLast()
        }
        numbers.insert(a, at: i)
        numbers.insert(b, at: j)
      }
    }
  }
}
