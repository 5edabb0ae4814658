import Plans

/// Reach a target from three numbers with `+ − × ÷`, each number and each result used at most once.
package struct CountdownProblem: Hashable, Sendable {
  package let target: Int
  /// Three, ascending.
  package let numbers: [Int]

  package static let numberCount = 3
  package static let numberRange = 1...50
  package static let targets = 1...999
  /// Every value on the way.
  package static let values = 1...9999

  /// - Parameter numbers: In any order.
  /// - Throws: `WorldError.outOfLimits`, `WorldError.targetIsGiven`.
  package init(target: Int, numbers: [Int]) throws {
    func check(_ what: String, _ value: Int, _ allowed: ClosedRange<Int>) throws {
      guard allowed.contains(value) else {
        throw WorldError.outOfLimits(world: .countdown, what: what, value: value, allowed: allowed)
      }
    }
    try check("the count of numbers", numbers.count, Self.numberCount...Self.numberCount)
    try check("the target", target, Self.targets)
    for number in numbers { try check("a number", number, Self.numberRange) }
    guard !numbers.contains(target) else { throw WorldError.targetIsGiven(target: target) }
    self.init(trustedTarget: target, numbers: numbers)
  }

  /// For the generator, which stays within the limits by construction.
  init(trustedTarget target: Int, numbers: [Int]) {
    self.target = target
    self.numbers = numbers.sorted()
  }

  /// Reads `reach(449,5,12,37)`: the target, then the numbers ascending.
  package init(goal: PlanCall) throws {
    let integers = goal.arguments.compactMap { if case .integer(let value) = $0 { value } else { nil } }
    guard goal.name == "reach", integers.count == goal.arguments.count, integers.count == 1 + Self.numberCount,
      zip(integers.dropFirst(), integers.dropFirst(2)).allSatisfy({ $0 <= $1 })
    else { throw WorldError.wrongGoal(world: .countdown, goal: goal.canonicalText) }
    try self.init(target: integers[0], numbers: Array(integers.dropFirst()))
  }

  /// The goal that states the problem. It is canonical: the numbers are sorted.
  package var goal: PlanCall { PlanCall("reach", [.integer(target)] + numbers.map { .integer($0) }) }

  package var problem: Problem {
    let goal = goal
    return Problem(world: .countdown, goal: goal, canonicalGoal: goal)
  }
}

extension Problem {
  /// The countdown problem behind a problem. Traps for a problem of another world.
  var countdown: CountdownProblem {
    guard world == .countdown, let countdown = try? CountdownProblem(goal: goal) else {
      preconditionFailure("not a countdown problem: \(goal.canonicalText)")
    }
    return countdown
  }
}
