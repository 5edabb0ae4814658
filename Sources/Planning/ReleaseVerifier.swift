import Plans

/// Judges plans on their way out. Unlike the world's verifier it never asks whether a problem has a solution: a plan that claims there
/// is none is refused as a plan, and the planner passes its claim on as an abstention for others to score.
struct ReleaseVerifier: PlanVerifier {
  /// The world's own verifier.
  let judge: any PlanVerifier

  static let claimRule = "claims_unsolvable"

  func findings(in plan: PlanTree) -> [PlanFinding] {
    if let path = plan.unsolvableClaim {
      return [
        PlanFinding(
          path, rule: Self.claimRule, "the plan claims that there is no solution: a claim, not a plan to carry out")
      ]
    }
    return judge.findings(in: plan)
  }

  func findings(inPrefix steps: [PlanNode]) -> [PlanFinding] { judge.findings(inPrefix: steps) }
}

extension PlanTree {
  /// Where the plan claims that there is no solution, if it does.
  var unsolvableClaim: PlanPath? {
    var claim: PlanPath?
    visit { node, path in
      if claim == nil, case .terminal(let call) = node, call.name == "unsolvable" { claim = path }
    }
    return claim
  }
}
