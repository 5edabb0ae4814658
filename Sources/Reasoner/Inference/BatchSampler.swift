import Plans
import Randomness
import Search
import Tensors

/// Samples many plans at once under the automaton's mask: each decoding step is one pass over all unfinished plans.
public final class BatchSampler {
  private let engine: InferenceEngine
  private let pool: ThreadPool
  private var batch = InferenceBatch()

  /// - Parameter slots: How many plans are decoded side by side.
  public init(_ weights: InferenceWeights, pool: ThreadPool, slots: Int) {
    engine = InferenceEngine(weights, pool: pool, sequences: slots)
    self.pool = pool
  }

  /// Packs `weights` for this sampler alone, to run on the calling thread.
  public convenience init(_ weights: Weights, kernels: any Kernels, slots: Int) {
    let pool = ThreadPool(threads: 1)
    self.init(InferenceWeights(weights, kernels: kernels, pool: pool), pool: pool, slots: slots)
  }

  /// Completes every partial plan by sampling at `temperature` (0 takes the most probable token).
  ///
  /// - Parameter random: One stream for each plan, consumed one draw a decision, so that a plan does not depend on its
  ///   neighbours' draws.
  /// - Returns: The completed plans, in order.
  /// - Throws: `ReasonerError`, `PlanError`.
  public func complete(
    _ plans: [PartialPlan], temperature: Double, random: inout [RandomStream]
  ) throws -> [PartialPlan] {
    precondition(plans.count == random.count)
    var rollouts = zip(plans, random).map { Rollout(plan: $0, draws: $1) }
    var waiting = plans.indices.filter { !plans[$0].state.isComplete }[...]
    var active: [Int] = []
    while !active.isEmpty || !waiting.isEmpty {
      while active.count < engine.cache.limit, let next = waiting.popFirst() {
        rollouts[next].sequence = try engine.cache.open()
        active.append(next)
      }
      batch.removeAll()
      for plan in active {
        let tokens = rollouts[plan].plan.tokens
        batch.append(
          rollouts[plan].sequence, tokens: tokens[rollouts[plan].seen...].lazy.map { Int32($0.rawValue) })
        rollouts[plan].seen = tokens.count
      }
      let outputs = try engine.run(batch)
      try choose(&rollouts, active, outputs, temperature: Float(temperature))
      for plan in active where rollouts[plan].plan.state.isComplete { engine.cache.close(rollouts[plan].sequence) }
      active.removeAll { rollouts[$0].plan.state.isComplete }
    }
    random = rollouts.map(\.draws)
    return rollouts.map(\.plan)
  }

  /// A plan on its way.
  fileprivate struct Rollout {
    var plan: PartialPlan
    var draws: RandomStream
    var sequence = 0
    /// Tokens that the cache holds.
    var seen = 0
    var failure: (any Error)?
  }

  /// Extends each active plan by one decision, plans side by side: the automaton's steps cost more than the choices.
  private func choose(
    _ rollouts: inout [Rollout], _ active: [Int], _ outputs: InferenceEngine.Outputs, temperature: Float
  ) throws {
    let kernels = engine.weights.kernels
    try rollouts.withUnsafeMutableBufferPointer { rollouts in
      nonisolated(unsafe) let (rollouts, outputs) = (rollouts, outputs)  // SAFETY: parts take disjoint plans
      let parts = min(active.count, 16)
      pool.forEach(parts) { part in
        for row in active.count * part / parts..<active.count * (part + 1) / parts {
          do {
            try rollouts[active[row]].extend(
              outputs.logits + row * outputs.vocabulary, vocabulary: outputs.vocabulary, temperature: temperature,
              kernels: kernels)
          } catch { rollouts[active[row]].failure = error }
        }
      }
      for plan in active { if let failure = rollouts[plan].failure { throw failure } }
    }
  }
}

extension BatchSampler.Rollout {
  fileprivate mutating func extend(
    _ logits: UnsafePointer<Float>, vocabulary: Int, temperature: Float, kernels: any Kernels
  ) throws {
    precondition(!plan.state.allowed.isEmpty, "a mask allows no token")
    let position = temperature > 0 ? draws.uniform() : 0
    let choice = withUnsafeBytes(of: plan.state.allowed.words) { words in
      kernels.choose(
        logits, vocabulary: vocabulary, allowed: words.assumingMemoryBound(to: UInt64.self), temperature: temperature,
        position: position)
    }
    guard let choice else { throw ReasonerError.noDistribution(token: seen - 1) }
    try plan.extend(
      PlanToken(rawValue: UInt16(choice.token)), logProbability: Double(choice.logProbability))
  }
}
