import Plans
import Randomness

/// Counts what a search spends, stops it at its budget, and judges its candidates.
struct SearchMeter {
  private let budget: SearchBudget
  private let verifier: any PlanVerifier
  private var evaluations = 0
  private var refuted: RefutedPlan?
  private var verified: VerifiedPlan?
  private var stop: SearchOutcome.Reason?

  init(_ budget: SearchBudget, _ verifier: any PlanVerifier) {
    self.budget = budget
    self.verifier = verifier
  }

  /// Asks the policy: one evaluation. `nil` once the budget is spent or the search is cancelled.
  mutating func propose(
    _ policy: inout some PlanPolicy, for partial: PartialPlan, limit: Int, random: inout RandomStream
  ) throws -> PolicyAnswer? {
    try propose(&policy, for: [partial], limit: limit, random: &random).first
  }

  /// Asks the policy about several plans at once, the first of them as far as the budget goes: one evaluation each, as if they
  /// were asked one after the other.
  mutating func propose(
    _ policy: inout some PlanPolicy, for partials: [PartialPlan], limit: Int, random: inout RandomStream
  ) throws -> [PolicyAnswer] {
    var count = 0
    while count < partials.count, takeEvaluation() { count += 1 }
    return try Self.ask(&policy, Array(partials.prefix(count)), limit, &random)
  }

  /// Asks about one plan, and about plans that may come later along with it: one evaluation. Whoever uses an answer that was
  /// given ahead takes its evaluation then.
  ///
  /// - Returns: The answers of all; `nil` once the budget is spent or the search is cancelled.
  mutating func propose(
    _ policy: inout some PlanPolicy, for partial: PartialPlan, ahead: [PartialPlan], limit: Int,
    random: inout RandomStream
  ) throws -> [PolicyAnswer]? {
    takeEvaluation() ? try Self.ask(&policy, [partial] + ahead, limit, &random) : nil
  }

  private static func ask(
    _ policy: inout some PlanPolicy, _ partials: [PartialPlan], _ limit: Int, _ random: inout RandomStream
  ) throws -> [PolicyAnswer] {
    let answers =
      switch partials.count {
      case 0: [PolicyAnswer]()
      case 1: [try policy.propose(for: partials[0], limit: limit, random: &random)]
      default: try policy.propose(for: partials, limit: limit, random: &random)
      }
    for (answer, partial) in zip(answers, partials) { try check(answer, limit: limit, partial.state.vocabulary) }
    return answers
  }

  /// Evaluations that are left.
  var remaining: Int { budget.maximumEvaluations - evaluations }

  /// Counts an evaluation; false, and nothing counted, once the budget is spent or the search is cancelled.
  mutating func takeEvaluation() -> Bool {
    guard stop == nil else { return false }
    if budget.isCancelled() {
      stop = .cancelled
    } else if remaining <= 0 {
      stop = .budgetExhausted
    } else {
      evaluations += 1
    }
    return stop == nil
  }

  /// Verifies a complete plan; whether it passed.
  mutating func verify(_ partial: PartialPlan) throws -> Bool {
    guard let tree = try partial.parsedTree() else { return false }
    let findings = verifier.findings(in: tree)
    if findings.isEmpty {
      verified = VerifiedPlan(tree: tree, tokens: partial.tokens, logProbability: partial.logProbability)
    } else {
      refuted = RefutedPlan(tree: tree, tokens: partial.tokens, findings: findings)
    }
    return findings.isEmpty
  }

  /// Whether the steps that `partial` has finished since `parent` can still be part of a sound plan.
  func isPrefixSound(_ partial: PartialPlan, after parent: PartialPlan) -> Bool {
    partial.state.finishedStepCount == parent.state.finishedStepCount
      || verifier.findings(inPrefix: partial.state.finishedSteps).isEmpty
  }

  /// The outcome; `reason` holds if neither a plan was verified nor the budget stopped the search.
  func outcome(otherwise reason: SearchOutcome.Reason) -> SearchOutcome {
    SearchOutcome(
      reason: verified != nil ? .found : stop ?? reason, plan: verified, refuted: refuted, evaluations: evaluations)
  }

  private static func check(_ answer: PolicyAnswer, limit: Int, _ vocabulary: PlanVocabulary) throws {
    guard answer.proposals.count <= limit else {
      throw SearchError.tooManyProposals(limit: limit, got: answer.proposals.count)
    }
    guard !answer.proposals.isEmpty else { throw SearchError.noProposals }
    // Rounding may put a certain token slightly above 0.
    for proposal in answer.proposals where !(proposal.logProbability <= 1e-3) {
      throw SearchError.invalidLogProbability(
        token: vocabulary.text(of: proposal.token), got: proposal.logProbability)
    }
    guard answer.value >= 0, answer.value <= 1 else { throw SearchError.invalidValue(answer.value) }
  }
}
