/// Finds every solution by exhaustive search; three numbers have at most a few dozen paths.
///
/// For labels, generation and the check of an `unsolvable` claim.
package enum CountdownSolver {
  /// All solutions, each ending where the target appears; equal numbers make equal solutions, which all are listed.
  package static func solutions(of problem: CountdownProblem) -> [[OperationStep]] {
    var numbers = problem.numbers
    var path: [OperationStep] = []
    var found: [[OperationStep]] = []
    search(&numbers, target: problem.target, &path) { found.append($0) }
    return found
  }

  /// The one solution used as label: the smallest by
  /// 1. number of steps,
  /// 2. level: sums and differences before products before quotients,
  /// 3. operations from the last step to the first, in the order add < sub < mul < div,
  /// 4. operands from the first step to the last, larger ones first.
  /// Operands of sums and products are written larger first.
  package static func canonicalSolution(of problem: CountdownProblem) -> [OperationStep]? {
    var numbers = problem.numbers
    var path: [OperationStep] = []
    var best: [OperationStep]?
    search(&numbers, target: problem.target, &path) { steps in
      if best.map({ precedes(steps, $0) }) ?? true { best = steps }
    }
    return best
  }

  /// Whether some steps on `numbers` make the target, or it is among them.
  static func canReach(_ target: Int, from numbers: [Int]) -> Bool {
    if numbers.contains(target) { return true }
    var numbers = numbers
    var path: [OperationStep] = []
    var isFound = false
    search(&numbers, target: target, &path) { _ in isFound = true }
    return isFound
  }

  /// 1 if the steps are sums and differences, 3 if one is a quotient, else 2.
  static func level(of steps: [OperationStep]) -> Int {
    steps.reduce(1) { max($0, $1.operation.rank) }
  }

  /// The order of `canonicalSolution`, compared in place: a key per solution would cost more than the search.
  private static func precedes(_ a: [OperationStep], _ b: [OperationStep]) -> Bool {
    if a.count != b.count { return a.count < b.count }
    let levels = (level(of: a), level(of: b))
    if levels.0 != levels.1 { return levels.0 < levels.1 }
    for (x, y) in zip(a.reversed(), b.reversed()) where x.operation != y.operation {
      return x.operation.rank < y.operation.rank
    }
    for (x, y) in zip(a, b) {
      if x.x != y.x { return x.x > y.x }
      if x.y != y.y { return x.y > y.y }
    }
    return false
  }

  private static func search(
    _ numbers: inout [Int], target: Int, _ path: inout [OperationStep], _ report: ([OperationStep]) -> Void
  ) {
    CountdownMoves.forEach(&numbers) { step, rest in
      path.append(step)
      if step.result == target {
        report(path)
      } else if rest.count > 1 {
        search(&rest, target: target, &path, report)
      }
      path.removeLast()
    }
  }
}
