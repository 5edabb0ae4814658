import Plans

extension PlanSignature {
  /// The signature of a world whose latent tokens are integers: its goal, and the nodes that such worlds share.
  ///
  /// | node | meaning |
  /// |---|---|
  /// | `action add(x,y)->z` … `div` | takes two latent values, yields their result |
  /// | `action call(tool,x,y)->z` | the same as a tool call, the tool named by a symbol |
  /// | `assertion`, `branch value(x)` | x is a latent value now |
  /// | `subgoal reach(x)` | after its steps, x is a latent value |
  /// | `terminal return()` | the goal is reached |
  /// | `terminal unsolvable()` | no plan reaches the goal |
  static func operations(goal: Entry) -> PlanSignature {
    let binary = Operation.allCases.map {
      Entry(.action, $0.rawValue, inputs: [.integer, .integer], output: .integer)
    }
    return PlanSignature(
      entries: [goal] + binary + [
        Entry(.action, "call", inputs: [.symbol, .integer, .integer], output: .integer),
        Entry(.assertion, "value", inputs: [.integer]),
        Entry(.subgoal, "reach", inputs: [.integer]),
        Entry(.branch, "value", inputs: [.integer]),
        Entry(.terminal, "return"),
        Entry(.terminal, "unsolvable"),
      ],
      symbols: Operation.allCases.map(\.rawValue))
  }
}
