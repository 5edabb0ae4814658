import Plans
import Worlds

/// The product's whole judgement of a plan for one problem: types, then structure, then meaning by symbolic execution.
///
/// A plan is judged further only if the step before found nothing, so that one fault makes one finding.
public struct PlanJudge: PlanVerifier {
  private let types: PlanTypeChecker
  private let limits: PlanLimits
  private let meaning: any PlanVerifier

  public init(_ problem: Problem, limits: PlanLimits = PlanLimits()) {
    let world = problem.world.world
    types = PlanTypeChecker(world.signature)
    meaning = world.verifier(for: problem)
    self.limits = limits
  }

  public func findings(in plan: PlanTree) -> [PlanFinding] {
    let typeFindings = types.findings(in: plan)
    guard typeFindings.isEmpty else { return typeFindings }
    let structureFindings = PlanRules.findings(in: plan, limits: limits)
    guard structureFindings.isEmpty else { return structureFindings }
    return meaning.findings(in: plan)
  }

  public func findings(inPrefix steps: [PlanNode]) -> [PlanFinding] { meaning.findings(inPrefix: steps) }
}
