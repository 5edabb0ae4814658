import Plans
import Randomness

#if canImport(Glibc)
  import Glibc
#endif

/// Expands the most promising partial plan first, guided by the policy's probabilities and its value head.
///
/// - One evaluation per expansion: it gives the children and the value of their parent, which ranks them; a child's own
///   value is known only when it is expanded.
/// - Priority of a child: `log p(child) + valueWeight · log value(parent)`. Ties: the child made first.
/// - Once the search jumps between branches, the plans that are next in the queue are asked about along with the one that is
///   due, as many as the policy can for little. An answer counts when it is due: the order and the count are the same.
/// - A child whose newly finished steps have findings (`PlanVerifier.findings(inPrefix:)`) is dropped: no continuation
///   would mend it. A complete child is verified at once; the first verified plan wins.
public struct BestFirstSearch: PlanSearch {
  /// Most children per expansion.
  public let beam: Int
  public let valueWeight: Double

  /// Traps unless `beam` is positive and `valueWeight` is finite and not negative.
  public init(beam: Int = 4, valueWeight: Double = 1) {
    precondition(beam > 0, "a beam holds at least one child")
    precondition(valueWeight >= 0 && valueWeight.isFinite, "a weight is not negative")
    self.beam = beam
    self.valueWeight = valueWeight
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
    var queue = PriorityQueue<Node>()
    var expansions = 0
    queue.insert(Node(root, parent: expansions), priority: 0)
    var jumps = 0
    while let node = queue.popFirst() {
      if node.parent != expansions { jumps += 1 }
      expansions += 1
      let ahead = min(policy.lookahead, jumps, meter.remaining - 1)
      guard let answer = try answer(to: node, queue, ahead: ahead, &policy, &meter, &random) else { break }
      let partial = node.partial
      for proposal in answer.proposals where proposal.logProbability > -.infinity {
        let child = try partial.extended(by: proposal.token, logProbability: proposal.logProbability)
        if child.isComplete {
          if try meter.verify(child) { return meter.outcome(otherwise: .found) }
        } else if meter.isPrefixSound(child, after: partial) {
          queue.insert(Node(child, parent: expansions), priority: priority(of: child, parentValue: answer.value))
        }
      }
    }
    return meter.outcome(otherwise: .spaceExhausted)
  }

  /// A plan that waits for its expansion.
  private final class Node {
    let partial: PartialPlan
    /// The number of the expansion that made it, the root's being 0.
    let parent: Int
    /// What the policy said ahead of time.
    var answer: PolicyAnswer?

    init(_ partial: PartialPlan, parent: Int) {
      self.partial = partial
      self.parent = parent
    }
  }

  /// What the policy says of `node`; nil once the budget is spent.
  private func answer(
    to node: Node, _ queue: PriorityQueue<Node>, ahead: Int, _ policy: inout some PlanPolicy,
    _ meter: inout SearchMeter,
    _ random: inout RandomStream
  ) throws -> PolicyAnswer? {
    if let known = node.answer { return meter.takeEvaluation() ? known : nil }
    let next = ahead > 0 ? queue.first(ahead).filter { $0.answer == nil } : []
    let answers = try meter.propose(
      &policy, for: node.partial, ahead: next.map(\.partial), limit: beam, random: &random)
    guard let answers else { return nil }
    for (node, answer) in zip(next, answers.dropFirst()) { node.answer = answer }
    return answers[0]
  }

  private func priority(of child: PartialPlan, parentValue: Double) -> Double {
    // A value of 0 is the value head's opinion, not a proof: such a child comes late, not never.
    child.logProbability + valueWeight * log(max(parentValue, 1e-9))
  }
}
