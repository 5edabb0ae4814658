import Plans
import Schemas
import Search

/// What became of one request: a released plan or a reasoned abstention, and what it took.
public struct PlanningResult: Sendable {
  public enum Outcome: Sendable {
    case released(ReleasedPlan)
    case abstained(TraceRecord.Abstention)
  }

  public let request: PlanRequest
  /// How it was looked for.
  public let search: SearchConfig
  public let outcome: Outcome
  /// The last complete plan that was refused, and why; none if the first was released or none was completed.
  public let refused: RefutedPlan?
  /// Whether the released plan is the repair of a refused one.
  public let isRepaired: Bool
  /// Forward passes of the model.
  public let modelEvaluations: Int

  public var mode: PlanningMode { search.mode }

  /// The released plan, if there is one.
  public var plan: ReleasedPlan? {
    if case .released(let plan) = outcome { plan } else { nil }
  }
}
