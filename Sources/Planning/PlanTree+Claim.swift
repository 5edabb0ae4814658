import Plans

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
