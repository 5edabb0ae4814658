import Plans

/// The start of a plan that goes wrong somewhere, for training a value head.
public struct Detour: Hashable, Sendable {
  package let steps: [OperationStep]
  /// For each operation: whether the plan can still be completed soundly after it. Once `false`, always `false`.
  public let isSound: [Bool]

  /// Whether the first step that is not sound states a wrong value; otherwise it is right and leads nowhere.
  public var isWrongValue: Bool {
    guard let bad = isSound.firstIndex(of: false) else { return false }
    return steps[bad].operation.result(steps[bad].x, steps[bad].y) != steps[bad].result
  }

  init(steps: [OperationStep], isSound: [Bool]) {
    precondition(steps.count == isSound.count, "one label per step")
    self.steps = steps
    self.isSound = isSound
  }

  /// The nodes of each operation, in order; a style may write more than one node for one operation.
  ///
  /// In style `subgoals` the last operation is written as if it were a solution's last.
  public func nodes(style: SolutionStyle) -> [[PlanNode]] {
    switch style {
    case .subgoals: style.nodes(steps).map { [$0] }
    case .actions, .chainOfThought, .toolCalls: steps.map { style.nodes([$0]) }
    }
  }
}
