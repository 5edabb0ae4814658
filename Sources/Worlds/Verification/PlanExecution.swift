import Plans

/// Carries out a plan symbolically and collects what is wrong, each at its node.
///
/// A branch is carried out on both arms from the state where it stands, since a plan must be sound on every path. Where
/// both arms go on, they must leave the same state, so the cost is linear in the number of nodes.
struct PlanExecution<State: LatentState> {
  /// Deeper plans are refused unread: recursion must not exhaust a thread's stack.
  static var maximumDepth: Int { 64 }

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
    if execution.run(plan.steps, at: PlanPath(), from: state, inSubgoal: false) != nil {
      execution.report(PlanPath(), "missing_terminal", "the plan does not end in a terminal; end it in 'return()'")
    }
    return execution.findings
  }

  /// Findings in finished nodes that no continuation can mend.
  static func findings(inPrefix steps: [PlanNode], from state: State) -> [PlanFinding] {
    var execution = PlanExecution(isSolvable: nil)
    _ = execution.run(steps, at: PlanPath(), from: state, inSubgoal: false)
    return execution.findings
  }

  /// Carries out a block.
  ///
  /// - Returns: The state after it, or `nil` if a terminal ended the plan on every path.
  private mutating func run(_ block: [PlanNode], at path: PlanPath, from start: State, inSubgoal: Bool) -> State? {
    guard path.indices.count < Self.maximumDepth else {
      report(path, "too_deep", "nested deeper than \(Self.maximumDepth) levels")
      return start
    }
    var state = start
    for (index, node) in block.enumerated() {
      let here = path.appending(index)
      guard let next = run(node, at: here, from: state, inSubgoal: inSubgoal) else {
        if index + 1 < block.count {
          report(path.appending(index + 1), "after_terminal", "the plan ended before this step; remove it")
        }
        return nil
      }
      state = next
    }
    return state
  }

  private mutating func run(_ node: PlanNode, at path: PlanPath, from start: State, inSubgoal: Bool) -> State? {
    var state = start
    switch node {
    case .assertion(let claim):
      check(claim, holdsIn: state, at: path, rule: "false_claim")
    case .subgoal(let claim, let steps):
      if steps.isEmpty { report(path, "empty_subgoal", "the subgoal has no steps; remove it") }
      if let reached = run(steps, at: path, from: state, inSubgoal: true) { state = reached }
      check(claim, named: "reach", holdsIn: state, at: path, rule: "subgoal_unmet")
    case .action(let call, let output):
      guard let step = ToolCall.step(call, output: output) else {
        let shown = call.text + (output.map { "->\($0)" } ?? "")
        report(path, "ill_typed", "expected an action like 'add(2,3)->5' or 'call(add,2,3)->5', got '\(shown)'")
        break
      }
      if let fault = state.take(step) { report(path, fault.rule, fault.message) }
    case .branch(let condition, let whenTrue, let whenFalse):
      return runArms(condition, whenTrue, whenFalse, at: path, from: state, inSubgoal: inSubgoal)
    case .terminal(let outcome):
      if inSubgoal { report(path, "terminal_in_subgoal", "a terminal ends the whole plan; put it after the subgoal") }
      judge(outcome, in: state, at: path)
      return nil
    }
    return state
  }

  private mutating func runArms(
    _ condition: PlanCall, _ whenTrue: [PlanNode], _ whenFalse: [PlanNode], at path: PlanPath, from state: State,
    inSubgoal: Bool
  ) -> State? {
    if claimedValue(condition, named: "value", at: path) != nil, whenTrue == whenFalse {
      report(path, "equal_arms", "both arms of the branch are equal; replace it by its arm")
    }
    let first = run(whenTrue, at: path.appending(0), from: state, inSubgoal: inSubgoal)
    let second = run(whenFalse, at: path.appending(1), from: state, inSubgoal: inSubgoal)
    guard let first, let second else { return first ?? second }
    if first != second {
      report(path, "arms_disagree", "the arms leave different values, but the same steps follow; end both arms")
    }
    return first
  }

  private mutating func judge(_ outcome: PlanCall, in state: State, at path: PlanPath) {
    switch (outcome.name, outcome.arguments.isEmpty) {
    case ("return", true):
      if let fault = state.goalFault { report(path, "goal_unmet", fault) }
    case ("unsolvable", true):
      if isSolvable?() == true { report(path, "false_unsolvable", "the problem has a solution") }
    default:
      report(path, "ill_typed", "expected 'return()' or 'unsolvable()', got '\(outcome.text)'")
    }
  }

  private mutating func check(
    _ claim: PlanCall, named name: String = "value", holdsIn state: State, at path: PlanPath, rule: String
  ) {
    guard let value = claimedValue(claim, named: name, at: path), !state.holds(value) else { return }
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

  private mutating func report(_ path: PlanPath, _ rule: String, _ message: String) {
    findings.append(PlanFinding(path, rule: rule, message))
  }
}
