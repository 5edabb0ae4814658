import Randomness

/// Draws countdown problems by drawing an expression first, so that products and quotients appear.
///
/// Distribution: three numbers uniform in 1…50; an expression over all three, of a random shape, with operations drawn
/// uniformly among those of the level that are possible; its value is the target. A draw is rejected unless the target
/// is within range, is none of the numbers, takes two steps at least, and has exactly the level asked for.
enum CountdownGenerator {
  static func exercise(level: Int, random: inout RandomStream) -> (CountdownProblem, [OperationStep]) {
    while true {
      guard let problem = draw(level: level, random: &random),
        let solution = CountdownSolver.canonicalSolution(of: problem),
        solution.count >= 2, CountdownSolver.level(of: solution) == level
      else { continue }
      return (problem, solution)
    }
  }

  private static func draw(level: Int, random: inout RandomStream) -> CountdownProblem? {
    let numbers = (0..<CountdownProblem.numberCount).map { _ in random.integer(in: CountdownProblem.numberRange) }
    // The numbers come in random order, so taking the first two as a pair is as good as choosing one.
    let mustUse: Operation? = level == 1 ? nil : level == 2 ? .mul : .div
    let forcedStep = random.index(below: 2)
    guard
      let first = step(numbers[0], numbers[1], level: level, mustUse: forcedStep == 0 ? mustUse : nil, random: &random),
      let target = step(first, numbers[2], level: level, mustUse: forcedStep == 1 ? mustUse : nil, random: &random),
      CountdownProblem.targets.contains(target), !numbers.contains(target)
    else { return nil }
    return CountdownProblem(trustedTarget: target, numbers: numbers)
  }

  /// The value of a random possible operation of the level on `a` and `b`, the larger first.
  private static func step(
    _ a: Int, _ b: Int, level: Int, mustUse: Operation?, random: inout RandomStream
  ) -> Int? {
    let (x, y) = (max(a, b), min(a, b))
    let operation = mustUse ?? Operation.allCases[random.index(below: level + 1)]
    guard CountdownMoves.isPossible(operation, x, y) else { return nil }
    return operation.result(x, y)
  }
}
