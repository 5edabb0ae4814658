import Plans

/// Prints a plan in canonical text: a second printer of a few lines, so that these tests need none of the product's.
func planText(_ plan: PlanTree) -> String { "goal \(text(plan.goal)){\(text(plan.steps))}" }

private func text(_ call: PlanCall) -> String {
  "\(call.name)(\(call.arguments.map(\.description).joined(separator: ",")))"
}

private func text(_ steps: [PlanNode]) -> String {
  steps.map { node in
    switch node {
    case .assertion(let call): "assert \(text(call));"
    case .subgoal(let call, let steps): "subgoal \(text(call)){\(text(steps))}"
    case .action(let call, let output): "action \(text(call))\(output.map { "->\($0)" } ?? "");"
    case .branch(let call, let yes, let no): "branch \(text(call)){\(text(yes))}else{\(text(no))}"
    case .terminal(let call): "terminal \(text(call));"
    }
  }.joined()
}

/// Shorthands for plans written by hand.
func action(_ name: String, _ x: Int, _ y: Int, _ z: Int) -> PlanNode {
  .action(PlanCall(name, [.integer(x), .integer(y)]), output: .integer(z))
}

func claim(_ name: String, _ value: Int) -> PlanCall { PlanCall(name, [.integer(value)]) }

let returns = PlanNode.terminal(PlanCall("return"))
let claimsUnsolvable = PlanNode.terminal(PlanCall("unsolvable"))
