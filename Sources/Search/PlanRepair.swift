import Plans
import Randomness

/// Emits the failing subtree of a refuted plan again, once, under what is now known: that subtree is wrong.
///
/// The sound prefix is kept. Along the tokens of the first bad step, every choice is asked again, all at once (one evaluation
/// each);
/// the most probable continuation that leaves the refuted token sequence replaces it, and the plan is completed greedily.
/// The repaired plan's `logProbability` counts from the first choice that was asked again.
public struct PlanRepair: Sendable {
  /// Most alternatives considered at each choice.
  public let alternatives: Int

  /// Traps unless `alternatives` is positive.
  public init(alternatives: Int = 4) {
    precondition(alternatives > 0, "a repair needs an alternative")
    self.alternatives = alternatives
  }

  /// Repairs `refuted`, which continues `root`, within what is left of a budget.
  ///
  /// Reasons of the outcome: `found`; `refuted` if the repaired plan is refuted too; `spaceExhausted` if no alternative
  /// exists; or what stopped it. Throws `PlanError` if `refuted` does not continue `root`, `SearchError` as searches do.
  public func run(
    refuted: RefutedPlan, from root: PartialPlan, policy: inout some PlanPolicy, verifier: any PlanVerifier,
    budget: SearchBudget, random: inout RandomStream
  ) throws -> SearchOutcome {
    var meter = SearchMeter(budget, verifier)
    let choices = try failingChoices(of: refuted, from: root, verifier)
    var best: PartialPlan?
    var logProbability = 0.0
    let answers = try meter.propose(&policy, for: choices.map(\.partial), limit: alternatives + 1, random: &random)
    for (choice, answer) in zip(choices, answers) {
      for proposal in answer.proposals where proposal.token != choice.token && proposal.logProbability > -.infinity {
        let total = logProbability + proposal.logProbability
        guard best.map({ total > $0.logProbability }) ?? true else { break }
        let partial = try choice.partial.extended(
          by: proposal.token, logProbability: total - choice.partial.logProbability)
        let keepsPrefix = partial.state.finishedStepCount >= choice.soundSteps
        if keepsPrefix, meter.isPrefixSound(partial, after: choice.partial) { best = partial }
      }
      // Beyond the proposals asked for, the refuted token is at most as probable as the last of them.
      logProbability +=
        answer.proposals.first { $0.token == choice.token }?.logProbability
        ?? answer.proposals[answer.proposals.count - 1].logProbability
    }
    guard var partial = best else { return meter.outcome(otherwise: .spaceExhausted) }
    try GreedySearch.complete(&partial, &policy, &meter, &random)
    _ = try meter.verify(partial)
    return meter.outcome(otherwise: .refuted)
  }

  /// A choice made in the refuted plan: where, and what was chosen.
  private struct Choice {
    let partial: PartialPlan
    let token: PlanToken
    /// Steps that must stay finished whatever is chosen instead.
    let soundSteps: Int
  }

  /// The choices that made the first bad step.
  ///
  /// It is the step that gives `findings(inPrefix:)` first; failing that, the step at the path of the first finding; failing
  /// that, the last one: the plan ended too early.
  private func failingChoices(
    of refuted: RefutedPlan, from root: PartialPlan, _ verifier: any PlanVerifier
  ) throws -> [Choice] {
    var partials = [root]
    var chosen: [PlanToken] = []
    var soundSteps: Int?
    while let partial = partials.last, partial.tokens.count < refuted.tokens.count {
      let token = refuted.tokens[partial.tokens.count]
      let next = try partial.extended(by: token, logProbability: 0)
      partials.append(next)
      chosen.append(token)
      let hasFinished = next.state.finishedStepCount > partial.state.finishedStepCount
      if hasFinished, !next.isComplete, !verifier.findings(inPrefix: next.state.finishedSteps).isEmpty {
        soundSteps = partial.state.finishedStepCount
        break
      }
    }
    let sound = soundSteps ?? Self.stepsBefore(refuted.findings[0].path, in: refuted.tree)
    return chosen.indices.compactMap { index in
      let before = partials[index].state.finishedStepCount
      // The token that ended the last sound step's number began the bad step: it is a choice about it too.
      let beginsIt =
        before < sound && partials[index + 1].state.finishedStepCount >= sound
        && root.state.vocabulary.isBoundary(chosen[index])
      guard before == sound || beginsIt else { return nil }
      return Choice(partial: partials[index], token: chosen[index], soundSteps: sound)
    }
  }

  /// Nodes finished before the goal's step that `path` leads into; before the last step if it names none.
  private static func stepsBefore(_ path: PlanPath, in tree: PlanTree) -> Int {
    let last = max(0, tree.steps.count - 1)
    let index = min(path.indices.first ?? last, last)
    return PlanTree(goal: tree.goal, steps: Array(tree.steps[..<index])).nodeCount - 1
  }
}
