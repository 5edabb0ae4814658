import Plans
import Randomness
import Schemas
import Search
import Worlds

/// One problem in; one verified plan or a reasoned abstention out, with its trace.
///
/// ```swift
/// let planner = Planner(config, style: .actions, vocabulary: vocabulary) { ReasonerPolicy(weights, kernels: kernels) }
/// let result = try planner.plan(PlanRequest(problem: problem, problemID: id, seed: 7))
/// if let plan = result.plan { show(plan.tree) }
/// ```
///
/// Search → verify → repair the failing subtree once → verify again → abstain. It knows no clock: equal requests give equal
/// results, whatever was planned before.
public struct Planner: Sendable {
  public let config: SearchConfig
  public let style: SolutionStyle
  public let vocabulary: PlanVocabulary
  private let makePolicy: @Sendable () -> any PlanPolicy

  /// - Parameters:
  ///   - style: Which node names plans may use.
  ///   - vocabulary: The tokens that the policy speaks.
  ///   - makePolicy: Called once per request, so that a result does not depend on what a policy saw before. Not called in
  ///     mode `uniform`.
  public init(
    _ config: SearchConfig, style: SolutionStyle, vocabulary: PlanVocabulary,
    makePolicy: @escaping @Sendable () -> any PlanPolicy
  ) {
    self.config = config
    self.style = style
    self.vocabulary = vocabulary
    self.makePolicy = makePolicy
  }

  /// Plans for one problem.
  ///
  /// - Parameter isCancelled: Asked before every model evaluation; once it says yes the result is an abstention.
  /// - Throws: `PlanError` if the vocabulary does not fit the problem's world, `SearchError` or the policy's own error if the
  ///   policy misbehaves. Never for a problem that was not solved.
  public func plan(
    _ request: PlanRequest, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> PlanningResult {
    let problem = request.problem
    let world = problem.world.world
    let heads = Set(world.signature.entries.filter(style.admits).map { PlanHead($0.kind, $0.name) })
    let automaton = try PlanAutomaton(
      vocabulary: vocabulary, signature: world.signature, heads: heads, limits: config.limits)
    let root = try PartialPlan(
      goal: problem.goal, automaton: automaton, feasibility: world.feasibility(for: problem))
    let verifier = world.verifier(for: problem)
    var policy = ObservedPolicy(config.mode == .uniform ? UniformPolicy() : makePolicy())
    var random = RandomStream(seed: request.seed, "planning", config.mode.rawValue, request.problemID)
    let budget = SearchBudget(maximumEvaluations: config.budget, isCancelled: isCancelled)

    let search = try config.search.run(
      from: root, policy: &policy, verifier: verifier, budget: budget, random: &random)
    var evaluations = search.evaluations
    func result(
      _ outcome: PlanningResult.Outcome, refused: RefutedPlan?, isRepaired: Bool = false
    ) -> PlanningResult {
      PlanningResult(
        request: request, search: config, outcome: outcome, refused: refused, isRepaired: isRepaired,
        modelEvaluations: evaluations)
    }
    // A search meets the claim that there is no solution among its first candidates; it is no failed plan.
    let refuted = search.refuted.flatMap { $0.tree.unsolvableClaim == nil ? $0 : nil }
    if let plan = search.plan.flatMap({ ReleasedPlan($0, judgedBy: verifier) }) {
      return result(.released(plan), refused: refuted)
    }
    if search.reason == .cancelled { return result(.abstained(.cancelled), refused: refuted) }
    if config.mode != .uniform, policy.favoursUnsolvable {
      return result(.abstained(.unsolvable), refused: refuted)
    }
    guard let refuted, search.evaluations < config.budget else {
      return result(.abstained(.budget), refused: refuted)
    }
    let repair = try PlanRepair(alternatives: config.beam).run(
      refuted: refuted, from: root, policy: &policy, verifier: verifier, budget: budget.remaining(after: search),
      random: &random)
    evaluations += repair.evaluations
    if let plan = repair.plan.flatMap({ ReleasedPlan($0, judgedBy: verifier) }) {
      return result(.released(plan), refused: refuted, isRepaired: true)
    }
    return result(
      .abstained(repair.reason == .cancelled ? .cancelled : .budget), refused: repair.refuted ?? refuted)
  }
}
