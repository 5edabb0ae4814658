import Plans

/// Judges plans for one chain: its operations in the order written, each with its exact result. The operands of a sum
/// or product may be exchanged.
struct ArithmeticVerifier: PlanVerifier {
  private let problem: Problem
  private let limits: PlanTextLimits
  private let claims: UnsolvableClaims
  private let chain: ArithmeticProblem

  init(_ problem: Problem, limits: PlanTextLimits, claims: UnsolvableClaims) {
    self.problem = problem
    self.limits = limits
    self.claims = claims
    chain = problem.chain
  }

  func findings(in plan: PlanTree) -> [PlanFinding] {
    PlanExecution.findings(in: plan, for: problem, limits: limits, from: ArithmeticState(chain), claims: claims)
  }

  func findings(inPrefix steps: [PlanNode]) -> [PlanFinding] {
    PlanExecution.findings(inPrefix: steps, from: ArithmeticState(chain))
  }
}

/// Where the evaluation of a chain stands.
struct ArithmeticState: LatentState {
  private let links: [ArithmeticProblem.Link]
  private var value: Int
  private var stepCount = 0

  init(_ chain: ArithmeticProblem) {
    links = chain.links
    value = chain.first
  }

  mutating func take(_ step: OperationStep) -> LatentFault? {
    guard stepCount < links.count else {
      return LatentFault(rule: "unavailable_input", "every operation of the chain was carried out; expected 'return()'")
    }
    let link = links[stepCount]
    let expected = (value, link.operand)
    stepCount += 1
    defer { value = step.result }
    let isNext =
      step.operation == link.operation
      && ((step.x, step.y) == expected || (step.operation.isCommutative && (step.y, step.x) == expected))
    guard isNext else {
      return LatentFault(
        rule: "out_of_order",
        "expected \(link.operation.rawValue)(\(expected.0),\(expected.1)), the chain's operation \(stepCount); got "
          + "\(step.operation.rawValue)(\(step.x),\(step.y))")
    }
    return step.fault(allowed: ArithmeticProblem.values)
  }

  func holds(_ value: Int) -> Bool { self.value == value }

  var latentValues: [Int] { [value] }

  var goalFault: String? {
    stepCount == links.count ? nil : "\(stepCount) of \(links.count) operations were carried out"
  }
}
