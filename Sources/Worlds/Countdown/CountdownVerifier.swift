import Plans

/// Judges plans for one countdown problem: each step uses two available numbers and yields their exact result; at the
/// end the target is available. The operands of a sum or product may come in either order.
struct CountdownVerifier: PlanVerifier {
  private let problem: Problem
  private let limits: PlanTextLimits
  private let claims: UnsolvableClaims
  private let countdown: CountdownProblem

  init(_ problem: Problem, limits: PlanTextLimits, claims: UnsolvableClaims) {
    self.problem = problem
    self.limits = limits
    self.claims = claims
    countdown = problem.countdown
  }

  func findings(in plan: PlanTree) -> [PlanFinding] {
    PlanExecution.findings(in: plan, for: problem, limits: limits, from: CountdownState(countdown), claims: claims)
  }

  func findings(inPrefix steps: [PlanNode]) -> [PlanFinding] {
    PlanExecution.findings(inPrefix: steps, from: CountdownState(countdown))
  }
}

/// The numbers that may still be used.
struct CountdownState: LatentState {
  private let target: Int
  /// Ascending, so that states reached in different orders are equal.
  private var available: [Int]

  init(_ problem: CountdownProblem) {
    target = problem.target
    available = problem.numbers
  }

  mutating func take(_ step: OperationStep) -> LatentFault? {
    let before = latentValues
    let missing = [step.x, step.y].filter { !remove($0) }
    available.append(step.result)
    available.sort()
    if let number = missing.first {
      let shown = before.map(String.init).joined(separator: ", ")
      return LatentFault(rule: "unavailable_input", "\(number) is not available here; there is \(shown)")
    }
    return step.fault(allowed: CountdownProblem.values)
  }

  func holds(_ value: Int) -> Bool { available.contains(value) }

  var latentValues: [Int] { available }

  var goalFault: String? {
    let shown = available.map(String.init).joined(separator: ", ")
    return available.contains(target) ? nil : "expected \(target) among the numbers, got \(shown)"
  }

  private mutating func remove(_ number: Int) -> Bool {
    guard let index = available.firstIndex(of: number) else { return false }
    available.remove(at: index)
    return true
  }
}
