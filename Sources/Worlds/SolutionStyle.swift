import Plans

/// How a solution is written as a plan; the verifier accepts every style.
public enum SolutionStyle: String, CaseIterable, Codable, Hashable, Sendable {
  /// Actions only.
  case actions
  /// Each action is followed by the assertion of its value.
  case chainOfThought = "chain_of_thought"
  /// Each action is written as a tool call.
  case toolCalls = "tool_calls"
  /// Each action but the last stands in a subgoal named after its value.
  case subgoals

  /// Whether plans of this style use the name: a template hands the admitted entries to the automaton.
  public func admits(_ entry: PlanSignature.Entry) -> Bool {
    switch entry.kind {
    case .goal, .terminal: true
    case .action: (entry.name == "call") == (self == .toolCalls)
    case .assertion: self == .chainOfThought
    case .subgoal: self == .subgoals
    case .branch: false
    }
  }

  /// The nodes that carry out `steps`, without a terminal.
  package func nodes(_ steps: [OperationStep]) -> [PlanNode] {
    steps.enumerated().flatMap { index, step -> [PlanNode] in
      switch self {
      case .actions: [step.action]
      case .chainOfThought: [step.action, .assertion(PlanCall("value", [.integer(step.result)]))]
      case .toolCalls: [step.toolCall]
      case .subgoals:
        index == steps.count - 1
          ? [step.action] : [.subgoal(PlanCall("reach", [.integer(step.result)]), steps: [step.action])]
      }
    }
  }
}

extension OperationStep {
  /// `action add(37,45)->82`
  package var action: PlanNode {
    .action(PlanCall(operation.rawValue, [.integer(x), .integer(y)]), output: .integer(result))
  }

  /// `action call(add,37,45)->82`
  package var toolCall: PlanNode {
    .action(
      PlanCall("call", [.symbol(operation.rawValue), .integer(x), .integer(y)]), output: .integer(result))
  }
}
