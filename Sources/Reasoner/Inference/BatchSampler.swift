import Plans
import Randomness
import Search
import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Samples many plans at once under the automaton's mask: each decoding step is one product over all unfinished plans.
public struct BatchSampler {
  private let decoder: Decoder

  /// - Parameter slots: How many plans are decoded side by side.
  public init(_ weights: Weights, kernels: any Kernels, slots: Int) {
    decoder = Decoder(weights, kernels: kernels, slots: slots)
  }

  /// Completes every partial plan by sampling at `temperature` (0 takes the most probable token).
  ///
  /// - Parameter random: One stream for each plan, consumed one draw a decision, so that a plan does not depend on its
  ///   neighbours' draws.
  /// - Returns: The completed plans, in order.
  public func complete(
    _ plans: [PartialPlan], temperature: Double, random: inout [RandomStream]
  ) throws -> [PartialPlan] {
    precondition(plans.count == random.count)
    var done = plans
    var seen = Array(repeating: 0, count: plans.count)
    var slotOf = Array(repeating: 0, count: plans.count)
    var free = Array((0..<decoder.cache.slots).reversed())
    var waiting = plans.indices.filter { !plans[$0].state.isComplete }[...]
    var active: [Int] = []
    while !active.isEmpty || !waiting.isEmpty {
      while let slot = free.last, let next = waiting.popFirst() {
        free.removeLast()
        decoder.cache.truncate(slot, to: 0)
        slotOf[next] = slot
        active.append(next)
      }
      let outputs = try decoder.extend(
        active.map { .init(slot: slotOf[$0], tokens: done[$0].tokens[seen[$0]...]) })
      for (row, plan) in active.enumerated() {
        seen[plan] = done[plan].tokens.count
        let logits = UnsafePointer(outputs.logits + row * decoder.weights.shape.vocabulary)
        let choices = MaskedSoftmax.logProbabilities(
          logits, allowed: done[plan].state.allowed, temperature: temperature > 0 ? temperature : 1)
        let choice = Self.draw(choices, greedy: temperature == 0, random: &random[plan])
        try done[plan].extend(choice.token, logProbability: choice.logProbability)
        if done[plan].state.isComplete { free.append(slotOf[plan]) }
      }
      active.removeAll { done[$0].state.isComplete }
    }
    return done
  }

  private static func draw(
    _ choices: [(token: PlanToken, logProbability: Double)], greedy: Bool, random: inout RandomStream
  ) -> (token: PlanToken, logProbability: Double) {
    if greedy {
      var best = choices[0]
      for choice in choices.dropFirst() where choice.logProbability > best.logProbability { best = choice }
      return best
    }
    return choices[random.index(weightedBy: choices.map { exp($0.logProbability) })]
  }
}
