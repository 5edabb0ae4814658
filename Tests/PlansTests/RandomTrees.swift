import Plans
import Randomness

/// Arbitrary plans: any names, any nesting; nothing about them makes sense.
struct RandomTrees {
  var random: RandomStream
  /// Nodes that may still be made.
  private var nodesLeft = 0

  init(_ random: RandomStream) { self.random = random }

  mutating func tree(maximumNodes: Int = 24) -> PlanTree {
    nodesLeft = random.index(below: maximumNodes)
    return PlanTree(goal: call(), steps: block(depth: 2))
  }

  private mutating func block(depth: Int) -> [PlanNode] {
    var steps: [PlanNode] = []
    while nodesLeft > 0, random.index(below: 5) > 0 {
      nodesLeft -= 1
      steps.append(node(depth: depth))
    }
    return steps
  }

  private mutating func node(depth: Int) -> PlanNode {
    switch random.index(below: depth < 8 ? 5 : 3) {
    case 0: .assertion(call())
    case 1: .action(call(), output: random.index(below: 3) == 0 ? nil : term())
    case 2: .terminal(call())
    case 3: .subgoal(call(), steps: block(depth: depth + 1))
    default: .branch(call(), whenTrue: block(depth: depth + 1), whenFalse: block(depth: depth + 1))
    }
  }

  private mutating func call() -> PlanCall {
    PlanCall(name(), (0..<random.index(below: 4)).map { _ in term() })
  }

  private mutating func term() -> PlanTerm {
    if random.index(below: 3) == 0 { return .symbol(name()) }
    let scale = [2, 20, 2000, 2 * PlanTerm.integerLimit + 1][random.index(below: 4)]
    return .integer(random.index(below: scale) - (scale - 1) / 2)
  }

  static let names = ["a", "goal", "x_1", "action", "branch", "assert", "z9_", "long_name_of_an_action", "true"]

  private mutating func name() -> String { Self.names[random.index(below: Self.names.count)] }

  /// A signature that declares every name under every node type: for vocabularies, not for type checking.
  static let signature = PlanSignature(
    entries: PlanNodeKind.allCases.flatMap { kind in names.map { PlanSignature.Entry(kind, $0) } }, symbols: names)
}
