import Plans
import Randomness
import Worlds

/// Makes plans of every shape around sound ones: a solution in some style, changed in zero to three places.
enum PlanMutator {
  static func problem(of plan: PlanTree) throws -> Problem {
    let kind: WorldKind = plan.goal.name == "evaluate" ? .arithmetic : .countdown
    return try kind.world.problem(stating: plan.goal)
  }

  static func plan(random: inout RandomStream) throws -> PlanTree {
    let kind = WorldKind.allCases[random.index(below: 2)]
    let level = kind == .arithmetic ? 2 + random.index(below: 2) : 1 + random.index(below: 3)
    var exercise = kind.teacher.exercise(level: level, random: &random)
    if random.index(below: 8) == 0 { exercise = kind.teacher.exercise(for: try tinyProblem(kind, random: &random)) }
    let style = SolutionStyle.allCases[random.index(below: SolutionStyle.allCases.count)]
    var plan = exercise.plan(style: style)
    for _ in 0..<random.index(below: 4) { plan.steps = mutated(plan.steps, random: &random) }
    return plan
  }

  /// Small enough to be unsolvable often.
  private static func tinyProblem(_ kind: WorldKind, random: inout RandomStream) throws -> Problem {
    switch kind {
    case .arithmetic:
      let (a, b, c) = (random.index(below: 5), random.index(below: 9), random.index(below: 5))
      return try kind.world.problem(parsing: "\(a) - \(b) + \(c)")
    case .countdown:
      let numbers = (0..<3).map { _ in 1 + random.index(below: 3) }.map(String.init).joined(separator: " ")
      return try kind.world.problem(parsing: "reach \(4 + random.index(below: 20)) from \(numbers)")
    }
  }

  private static func mutated(_ steps: [PlanNode], random: inout RandomStream) -> [PlanNode] {
    var steps = steps
    guard !steps.isEmpty else { return [random.index(below: 2) == 0 ? returns : claimsUnsolvable] }
    let index = random.index(below: steps.count)
    switch random.index(below: 13) {
    case 0: steps.remove(at: index)
    case 1: steps.insert(steps[random.index(below: steps.count)], at: index)
    case 2: steps.swapAt(index, random.index(below: steps.count))
    case 3: steps[index] = .subgoal(claim("reach", value(in: steps, random: &random)), steps: [steps[index]])
    case 4: steps[index] = .subgoal(claim("reach", value(in: steps, random: &random)), steps: [])
    case 5: steps.insert(.assertion(claim("value", value(in: steps, random: &random))), at: index)
    case 6:
      // A branch over the rest, the operands of one arm's actions exchanged or the arm changed at random.
      let rest = Array(steps[index...])
      let other = random.index(below: 2) == 0 ? rest.map(commuted) : mutated(rest, random: &random)
      steps =
        steps[..<index] + [.branch(claim("value", value(in: steps, random: &random)), whenTrue: rest, whenFalse: other)]
    case 7:
      // A branch over one step, so that both paths go on.
      steps[index] = .branch(
        claim("value", value(in: steps, random: &random)), whenTrue: [steps[index]], whenFalse: [commuted(steps[index])]
      )
    case 8: steps[index] = changed(steps[index], random: &random)
    case 9: steps[steps.count - 1] = claimsUnsolvable
    case 10: steps[index] = commuted(steps[index])
    case 11: steps.insert(.branch(claim("value", 1), whenTrue: [steps[index]], whenFalse: []), at: index)
    default:
      if case .subgoal(let call, let inner) = steps[index] {
        steps[index] = .subgoal(call, steps: mutated(inner, random: &random))
      }
    }
    return steps
  }

  /// The operands exchanged, where there are two.
  private static func commuted(_ node: PlanNode) -> PlanNode {
    guard case .action(var call, let output) = node, call.arguments.count >= 2 else { return node }
    call.arguments.swapAt(call.arguments.count - 1, call.arguments.count - 2)
    return .action(call, output: output)
  }

  /// One number of an action changed a little.
  private static func changed(_ node: PlanNode, random: inout RandomStream) -> PlanNode {
    guard case .action(var call, .integer(let output)?) = node else { return node }
    let change = 1 + random.index(below: 2)
    let place = random.index(below: 3)
    if place == 2 { return .action(call, output: .integer(output + change)) }
    let index = call.arguments.count - 1 - place
    if case .integer(let value) = call.arguments[index] { call.arguments[index] = .integer(value + change) }
    return .action(call, output: .integer(output))
  }

  /// A value that occurs in the steps, mostly; a claim about it has a chance to hold.
  private static func value(in steps: [PlanNode], random: inout RandomStream) -> Int {
    let values = steps.compactMap { if case .action(_, .integer(let value)?) = $0 { value } else { nil } }
    return values.isEmpty || random.index(below: 5) == 0
      ? random.index(below: 30) : values[random.index(below: values.count)]
  }
}
