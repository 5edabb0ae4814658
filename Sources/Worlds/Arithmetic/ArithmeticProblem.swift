import Plans

/// A left-leaning chain: a first operand, then operations that each combine the running value with one operand.
package struct ArithmeticProblem: Hashable, Sendable {
  package struct Link: Hashable, Sendable {
    package let operation: Operation
    package let operand: Int

    package init(_ operation: Operation, _ operand: Int) {
      self.operation = operation
      self.operand = operand
    }
  }

  package let first: Int
  package let links: [Link]

  package static let stepCounts = 1...8
  package static let operands = 0...99
  /// What a product may multiply by.
  package static let factors = 0...9
  /// Every value on the way; a chain that leaves it is unsolvable.
  package static let values = 0...9999

  /// - Throws: `WorldError.outOfLimits`, `WorldError.wrongGoal`.
  package init(first: Int, links: [Link]) throws {
    try Self.check("the number of steps", links.count, Self.stepCounts)
    try Self.check("an operand", first, Self.operands)
    for link in links {
      let isProduct = link.operation == .mul
      try Self.check(
        isProduct ? "the second operand of a product" : "an operand", link.operand,
        isProduct ? Self.factors : Self.operands)
    }
    self.init(trustedFirst: first, links: links)
  }

  /// For the generator, which stays within the limits by construction.
  init(trustedFirst first: Int, links: [Link]) {
    self.first = first
    self.links = links
  }

  /// Reads `evaluate(37,add,45,mul,6)`; operations are `add`, `sub`, `mul`.
  package init(goal: PlanCall) throws {
    let wrong = WorldError.wrongGoal(world: .arithmetic, goal: goal.canonicalText)
    guard goal.name == "evaluate", case .integer(let first)? = goal.arguments.first, goal.arguments.count % 2 == 1
    else {
      throw wrong
    }
    var links: [Link] = []
    for index in stride(from: 1, to: goal.arguments.count, by: 2) {
      guard case .symbol(let name) = goal.arguments[index], case .integer(let operand) = goal.arguments[index + 1],
        let operation = Operation(rawValue: name), operation != .div
      else { throw wrong }
      links.append(Link(operation, operand))
    }
    try self.init(first: first, links: links)
  }

  /// The goal that states the chain.
  package var goal: PlanCall { Self.goal(first: first, links: links) }

  /// The chain with the operands of its first operation ascending where they may be exchanged: a+b = b+a, a·b = b·a.
  /// (Later operations combine with a value, which is no operand, so nothing else can be exchanged.)
  package var canonicalGoal: PlanCall {
    guard let link = links.first, link.operation.isCommutative, link.operand < first else { return goal }
    return Self.goal(first: link.operand, links: [Link(link.operation, first)] + links.dropFirst())
  }

  /// The chain with the operands of every run of equal operations ascending: a+b+c = a+c+b, a-b-c = a-c-b. The first
  /// operand belongs to the first run where that commutes. It need not be a goal of the world.
  package var exchangedGoal: PlanCall {
    var (first, links) = (first, links)
    var start = 0
    while start < links.count {
      let operation = links[start].operation
      var end = start
      while end < links.count, links[end].operation == operation { end += 1 }
      let takesFirst = start == 0 && operation.isCommutative
      var operands = (links[start..<end].map(\.operand) + (takesFirst ? [first] : [])).sorted()
      if takesFirst { first = operands.removeFirst() }
      for (index, operand) in zip(start..<end, operands) { links[index] = Link(operation, operand) }
      start = end
    }
    return Self.goal(first: first, links: links)
  }

  package var problem: Problem { Problem(world: .arithmetic, goal: goal, canonicalGoal: canonicalGoal) }

  private static func goal(first: Int, links: some Sequence<Link>) -> PlanCall {
    var arguments: [PlanTerm] = [.integer(first)]
    for link in links {
      arguments.append(.symbol(link.operation.rawValue))
      arguments.append(.integer(link.operand))
    }
    return PlanCall("evaluate", arguments)
  }

  private static func check(_ what: String, _ value: Int, _ allowed: ClosedRange<Int>) throws {
    guard allowed.contains(value) else {
      throw WorldError.outOfLimits(world: .arithmetic, what: what, value: value, allowed: allowed)
    }
  }
}

extension Problem {
  /// The chain behind a problem. Traps for a problem of another world.
  var chain: ArithmeticProblem {
    guard world == .arithmetic, let chain = try? ArithmeticProblem(goal: goal) else {
      preconditionFailure("not an arithmetic problem: \(goal.canonicalText)")
    }
    return chain
  }
}
