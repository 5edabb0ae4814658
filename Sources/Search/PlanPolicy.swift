import Plans
import Randomness

/// What a policy thinks of a partial plan.
public struct PolicyAnswer: Sendable {
  /// Tokens that may come next with natural-log probabilities under the mask, most probable first, ties by token.
  public let proposals: [(token: PlanToken, logProbability: Double)]
  /// Probability that the plan can still be completed soundly, in [0, 1].
  public let value: Double

  public init(proposals: [(token: PlanToken, logProbability: Double)], value: Double) {
    self.proposals = proposals
    self.value = value
  }
}

/// What search asks of a model. Search imports no model: a lookup table is a policy too.
public protocol PlanPolicy {
  /// Proposes the tokens that may extend `partial`: one model evaluation (one forward pass over whatever of `partial`
  /// was not seen yet, forced tokens included).
  ///
  /// - Parameters:
  ///   - limit: The largest number of proposals to return.
  ///   - random: Consumed by policies that sample; equal streams give equal answers.
  mutating func propose(for partial: PartialPlan, limit: Int, random: inout RandomStream) throws -> PolicyAnswer

  /// Answers several plans at once, one evaluation each, as if they were asked one after the other.
  mutating func propose(for partials: [PartialPlan], limit: Int, random: inout RandomStream) throws -> [PolicyAnswer]

  /// How many plans that may be asked about later cost next to nothing when they are asked about along with another one; 0
  /// where an answer depends on what was asked before.
  var lookahead: Int { get }
}

extension PlanPolicy {
  public var lookahead: Int { 0 }

  public mutating func propose(
    for partials: [PartialPlan], limit: Int, random: inout RandomStream
  ) throws -> [PolicyAnswer] {
    try partials.map { try propose(for: $0, limit: limit, random: &random) }
  }
}
