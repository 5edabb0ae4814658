import Plans

/// Carries out a plan symbolically and collects what is wrong, each at its node.
///
/// A plan must be sound on every path: both arms of a branch are carried out from the state where it stands, and what
/// follows is carried out on every state that the arms leave. Distinct states are few (equal ones are joined), and more
/// than `maximumStates` are refused, so the cost is linear in the number of nodes.
struct PlanExecution<State: LatentState> {
  /// Deeper plans are refused unread: recursion must not exhaust a thread's stack.
  static var maximumDepth: Int { 64 }
  /// How many different states the paths of a plan may be in at once.
  static var maximumStates: Int { 16 }

  private var findings: [PlanFinding] = []
  /// Whether an exact solver reaches the goal; `nil` where it must not be asked.
  private let isSolvable: (() -> Bool)?

  private init(isSolvable: (() -> Bool)?) { self.isSolvable = isSolvable }

  /// Findings in a complete plan.
  static func findings(
    in plan: PlanTree, for problem: Problem, from state: State, isSolvable: @escaping () -> Bool
  ) -> [PlanFinding] {
    var execution = PlanExecution(isSolvable: isSolvable)
    guard plan.goal == problem.goal else {
      execution.report(PlanPath(), "wrong_goal", "expected \(problem.goal.text), got \(plan.goal.text)")
      return execution.findings
    }
    if !execution.run(plan.steps, at: PlanPath(), from: [state], inSubgoal: false).isEmpty {
      execution.report(PlanPath(), "missing_terminal", "a path does not end in a terminal; end it in 'return()'")
    }
    return execution.findings
  }

  /// Findings in finished nodes that no continuation can mend.
  static func findings(inPrefix steps: [PlanNode], from state: State) -> [PlanFinding] {
    var execution = PlanExecution(isSolvable: nil)
    _ = execution.run(steps, at: PlanPath(), from: [state], inSubgoal: false)
    return execution.findings
  }

  /// Carries out a block on each of `states`.
  ///
  /// - Returns: The states of the paths that go on; none if a terminal ended every path.
  private mutating func run(
    _ block: [PlanNode], at path: PlanPath, from states: [State], inSubgoal: Bool
  ) -> [State] {
    guard path.indices.count < Self.maximumDepth else {
      report(path, "too_deep", "nested deeper than \(Self.maximumDepth) levels; write a flatter plan")
      return states
    }
    var states = states
    for (index, node) in block.enumerated() {
      if states.isEmpty {
        report(path.appending(index), "after_terminal", "the plan ended before this step; remove it")
        break
      }
      states = run(node, at: path.appending(index), from: states, inSubgoal: inSubgoal)
    }
    return states
  }

  private mutating func run(
    _ node: PlanNode, at path: PlanPath, from states: [State], inSubgoal: Bool
  ) -> [State] {
    switch node {
    case .assertion(let claim):
      check(claim, named: "value", holdsIn: states, at: path, rule: "false_claim")
      return states
    case .subgoal(let claim, let steps):
      if steps.isEmpty { report(path, "empty_subgoal", "the subgoal has no steps; remove it") }
      let reached = run(steps, at: path, from: states, inSubgoal: true)
      check(claim, named: "reach", holdsIn: reached, at: path, rule: "subgoal_unmet")
      return reached
    case .action(let call, let output):
      return take(call, output: output, at: path, from: states)
    case .branch(let condition, let whenTrue, let whenFalse):
      return runArms(condition, [whenTrue, whenFalse], at: path, from: states, inSubgoal: inSubgoal)
    case .terminal(let outcome):
      if inSubgoal { report(path, "terminal_in_subgoal", "a terminal ends the whole plan; put it after the subgoal") }
      judge(outcome, in: states, at: path)
      return []
    }
  }

  private mutating func take(
    _ call: PlanCall, output: PlanTerm?, at path: PlanPath, from states: [State]
  ) -> [State] {
    guard let step = ToolCall.step(call, output: output) else {
      let shown = call.text + (output.map { "->\($0)" } ?? "")
      report(path, "ill_typed", "expected an action like 'add(2,3)->5' or 'call(add,2,3)->5', got '\(shown)'")
      return states
    }
    var next = states
    let faults = next.indices.compactMap { next[$0].take(step) }
    if let fault = faults.first { report(path, fault.rule, fault.message) }
    return Self.joined(next)
  }

  private mutating func runArms(
    _ condition: PlanCall, _ arms: [[PlanNode]], at path: PlanPath, from states: [State], inSubgoal: Bool
  ) -> [State] {
    _ = claimedValue(condition, named: "value", at: path)
    if arms[0] == arms[1] {
      report(path, "equal_arms", "both arms of the branch are equal; replace it by its arm")
    }
    var left: [State] = []
    for (index, arm) in arms.enumerated() {
      left += run(arm, at: path.appending(index), from: states, inSubgoal: inSubgoal)
    }
    let next = Self.joined(left)
    guard next.count <= Self.maximumStates else {
      report(path, "too_many_states", "the paths are in \(next.count) states; allowed: \(Self.maximumStates)")
      return Array(next.prefix(Self.maximumStates))
    }
    return next
  }

  private mutating func judge(_ outcome: PlanCall, in states: [State], at path: PlanPath) {
    switch (outcome.name, outcome.arguments.isEmpty) {
    case ("return", true):
      if let fault = states.lazy.compactMap(\.goalFault).first { report(path, "goal_unmet", fault) }
    case ("unsolvable", true):
      if isSolvable?() == true {
        report(path, "false_unsolvable", "the problem has a solution; end the plan in 'return()'")
      }
    default:
      report(path, "ill_typed", "expected 'return()' or 'unsolvable()', got '\(outcome.text)'")
    }
  }

  private mutating func check(
    _ claim: PlanCall, named name: String, holdsIn states: [State], at path: PlanPath, rule: String
  ) {
    guard let value = claimedValue(claim, named: name, at: path),
      let state = states.first(where: { !$0.holds(value) })
    else { return }
    let values = state.latentValues.map(String.init).joined(separator: ", ")
    report(path, rule, "\(value) is no latent value here; there is \(values)")
  }

  private mutating func claimedValue(_ claim: PlanCall, named name: String, at path: PlanPath) -> Int? {
    guard claim.name == name, claim.arguments.count == 1, case .integer(let value) = claim.arguments[0] else {
      report(path, "ill_typed", "expected '\(name)' of one number, got '\(claim.text)'")
      return nil
    }
    return value
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
