import Plans

/// Carries out a plan symbolically and collects what is wrong, each at its node.
///
/// A plan must be sound on every path: both arms of a branch are carried out from the state where it stands, and what
/// follows is carried out on every state that the arms leave. Distinct states are few (equal ones are joined), and more
/// than `maximumStates` are refused, so the cost is linear in the number of nodes.
struct PlanExecution<State: LatentState> {
  /// How many different states the paths of a plan may be in at once.
  static var maximumStates: Int { 16 }

  private var findings: [PlanFinding] = []
  private let claims: UnsolvableClaims

  private init(_ claims: UnsolvableClaims) { self.claims = claims }

  /// Findings in a complete plan. It is carried out only if it states `problem`, obeys the structural rules and matches
  /// the signature; the depth limit among them also keeps the recursion below shallow.
  static func findings(
    in plan: PlanTree, for problem: Problem, limits: PlanTextLimits, from state: State, claims: UnsolvableClaims
  ) -> [PlanFinding] {
    guard plan.goal == problem.goal else {
      let message = "expected \(problem.goal.canonicalText), got \(plan.goal.canonicalText)"
      return [PlanFinding(PlanPath(), rule: "wrong_goal", message)]
    }
    // Depth before anything else that recurses: trees built in code are not bounded by the parser.
    let tooDeep = DepthWithinLimit(maximumDepth: limits.maximumDepth).findings(in: plan)
    guard tooDeep.isEmpty else { return tooDeep }
    let rules = PlanRules.standard(maximumDepth: limits.maximumDepth, maximumNodes: limits.maximumNodes)
    let malformed =
      rules.flatMap { $0.findings(in: plan) } + PlanTypeChecker(problem.world.world.signature).findings(in: plan)
    guard malformed.isEmpty else { return malformed }
    var execution = PlanExecution(claims)
    _ = execution.run(plan.steps, at: PlanPath(), from: [state])
    return execution.findings
  }

  /// Findings in finished nodes that no continuation can mend.
  ///
  /// The nodes come from an automaton, which bounds their depth and types.
  static func findings(inPrefix steps: [PlanNode], from state: State) -> [PlanFinding] {
    var execution = PlanExecution(.leaveOpen)
    _ = execution.run(steps, at: PlanPath(), from: [state])
    return execution.findings
  }

  /// Carries out a block on each of `states`.
  ///
  /// - Returns: The states of the paths that go on; none if a terminal ended every path.
  private mutating func run(_ block: [PlanNode], at path: PlanPath, from states: [State]) -> [State] {
    var states = states
    for (index, node) in block.enumerated() {
      states = run(node, at: path.appending(index), from: states)
    }
    return states
  }

  private mutating func run(_ node: PlanNode, at path: PlanPath, from states: [State]) -> [State] {
    switch node {
    case .assertion(let claim):
      check(claim, holdsIn: states, at: path, rule: "false_claim")
      return states
    case .subgoal(let claim, let steps):
      let reached = run(steps, at: path, from: states)
      check(claim, holdsIn: reached, at: path, rule: "subgoal_unmet")
      return reached
    case .action(let call, let output):
      return take(call, output: output, at: path, from: states)
    case .branch(_, let whenTrue, let whenFalse):
      return runArms([whenTrue, whenFalse], at: path, from: states)
    case .terminal(let outcome):
      judge(outcome, in: states, at: path)
      return []
    }
  }

  private mutating func take(
    _ call: PlanCall, output: PlanTerm?, at path: PlanPath, from states: [State]
  ) -> [State] {
    guard let step = ToolCall.step(call, output: output) else {
      let shown = call.canonicalText + (output.map { "->\($0)" } ?? "")
      let limit = PlanTerm.integerLimit
      report(path, "ill_typed", "expected 'name(x,y)->z' or 'call(name,x,y)->z' within ±\(limit), got '\(shown)'")
      return states
    }
    var next = states
    let faults = next.indices.compactMap { next[$0].take(step) }
    if let fault = faults.first { report(path, fault.rule, fault.message) }
    return Self.joined(next)
  }

  private mutating func runArms(_ arms: [[PlanNode]], at path: PlanPath, from states: [State]) -> [State] {
    var left: [State] = []
    for (index, arm) in arms.enumerated() {
      left += run(arm, at: path.appending(index), from: states)
    }
    let next = Self.joined(left)
    guard next.count <= Self.maximumStates else {
      report(path, "too_many_states", "the paths leave \(next.count) different states; allowed: \(Self.maximumStates)")
      return Array(next.prefix(Self.maximumStates))
    }
    return next
  }

  private mutating func judge(_ outcome: PlanCall, in states: [State], at path: PlanPath) {
    if outcome.name == "unsolvable" {
      switch claims {
      case .leaveOpen: break
      case .refuse:
        report(path, "claims_unsolvable", "that there is no solution is a claim, not a plan that can be carried out")
      case .ask(let isSolvable):
        if isSolvable() { report(path, "false_unsolvable", "the problem has a solution; end the plan in 'return()'") }
      }
    } else if let fault = states.lazy.compactMap(\.goalFault).first {
      report(path, "goal_unmet", fault)
    }
  }

  private mutating func check(_ claim: PlanCall, holdsIn states: [State], at path: PlanPath, rule: String) {
    guard case .integer(let value)? = claim.arguments.first, let state = states.first(where: { !$0.holds(value) })
    else {
      return
    }
    let values = state.latentValues.map(String.init).joined(separator: ", ")
    report(path, rule, "\(value) is no latent value here; there is \(values)")
  }

  /// Without duplicates, in order.
  private static func joined(_ states: [State]) -> [State] {
    guard states.count > 1 else { return states }
    var seen: Set<State> = []
    return states.filter { seen.insert($0).inserted }
  }

  private mutating func report(_ path: PlanPath, _ rule: String, _ message: String) {
    findings.append(PlanFinding(path, rule: rule, message))
  }
}
