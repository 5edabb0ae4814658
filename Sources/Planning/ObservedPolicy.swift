import Plans
import Randomness
import Search

/// A policy whose first opinion is remembered.
struct ObservedPolicy: PlanPolicy {
  private var base: any PlanPolicy
  /// Whether the most probable first choice is the claim that there is no solution.
  private(set) var favoursUnsolvable = false

  init(_ base: any PlanPolicy) { self.base = base }

  mutating func propose(for partial: PartialPlan, limit: Int, random: inout RandomStream) throws -> PolicyAnswer {
    let answer = try base.propose(for: partial, limit: limit, random: &random)
    observe(answer, to: partial)
    return answer
  }

  mutating func propose(
    for partials: [PartialPlan], limit: Int, random: inout RandomStream
  ) throws -> [PolicyAnswer] {
    let answers = try base.propose(for: partials, limit: limit, random: &random)
    for (answer, partial) in zip(answers, partials) { observe(answer, to: partial) }
    return answers
  }

  var lookahead: Int { base.lookahead }

  private mutating func observe(_ answer: PolicyAnswer, to partial: PartialPlan) {
    if partial.decisions == 0, let first = answer.proposals.first {
      favoursUnsolvable = first.token == partial.state.vocabulary.token(for: PlanHead(.terminal, "unsolvable"))
    }
  }
}
