import Plans
import Randomness

#if canImport(Glibc)
  import Glibc
#endif

/// Expands the most promising partial plan first, guided by the policy's probabilities and its value head.
///
/// - One evaluation per expansion: it gives the children and the value of their parent, which ranks them; a child's own
///   value is known only when it is expanded.
/// - Priority of a child: `log p(child) + valueWeight · log value(parent)`, divided by the number of decisions if
///   `normalisesLength`. Ties: the child made first.
/// - A child whose newly finished steps have findings (`PlanVerifier.findings(inPrefix:)`) is dropped: no continuation
///   would mend it. A complete child is verified at once; the first verified plan wins.
public struct BestFirstSearch: PlanSearch {
  /// Most children per expansion.
  public let beam: Int
  public let valueWeight: Double
  public let normalisesLength: Bool

  /// Traps unless `beam` is positive and `valueWeight` is finite and not negative.
  public init(beam: Int = 4, valueWeight: Double = 1, normalisesLength: Bool = false) {
    precondition(beam > 0, "a beam holds at least one child")
    precondition(valueWeight >= 0 && valueWeight.isFinite, "a weight is not negative")
    self.beam = beam
    self.valueWeight = valueWeight
    self.normalisesLength = normalisesLength
  }

  public func run(
    from root: PartialPlan, policy: inout some PlanPolicy, verifier: any PlanVerifier, budget: SearchBudget,
    random: inout RandomStream
  ) throws -> SearchOutcome {
    var meter = SearchMeter(budget, verifier)
    if root.isComplete {
      _ = try meter.verify(root)
      return meter.outcome(otherwise: .spaceExhausted)
    }
    var queue = PriorityQueue<PartialPlan>()
    queue.insert(root, priority: 0)
    while let partial = queue.popFirst() {
      guard let answer = try meter.propose(&policy, for: partial, limit: beam, random: &random) else { break }
      for proposal in answer.proposals where proposal.logProbability > -.infinity {
        let child = try partial.extended(by: proposal.token, logProbability: proposal.logProbability)
        if child.isComplete {
          if try meter.verify(child) { return meter.outcome(otherwise: .found) }
        } else if meter.isPrefixSound(child, after: partial) {
          queue.insert(child, priority: priority(of: child, parentValue: answer.value))
        }
      }
    }
    return meter.outcome(otherwise: .spaceExhausted)
  }

  private func priority(of child: PartialPlan, parentValue: Double) -> Double {
    // A value of 0 is the value head's opinion, not a proof: such a child comes late, not never.
    let score = child.logProbability + valueWeight * log(max(parentValue, 1e-9))
    return normalisesLength ? score / Double(child.decisions) : score
  }
}
