/// The latent state after a branch whose arms both go on: what can occur whichever arm was taken.
struct JoinedFeasibility: Feasibility {
  let first: any Feasibility
  let second: any Feasibility

  func actionVector() -> [Bool] { zip(first.actionVector(), second.actionVector()).map { $0 && $1 } }

  func candidates(action: String, after inputs: [PlanTerm]) -> [PlanTerm] {
    let others = second.candidates(action: action, after: inputs)
    return first.candidates(action: action, after: inputs).filter(others.contains)
  }

  func applying(_ call: PlanCall, output: PlanTerm?) -> any Feasibility {
    JoinedFeasibility(
      first: first.applying(call, output: output), second: second.applying(call, output: output))
  }

  func allowsTerminal(_ outcome: String) -> Bool {
    first.allowsTerminal(outcome) && second.allowsTerminal(outcome)
  }
}
