import Plans

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Softmax over the tokens that a mask allows: the others get no probability at all, and allowed ones share all of it.
enum MaskedSoftmax {
  /// Natural-log probabilities of the allowed tokens, in token order.
  ///
  /// `log p(t) = z(t)/temperature − log Σ exp(z(u)/temperature)` over allowed u, in `Double`. Traps on an empty mask.
  static func logProbabilities(
    _ logits: UnsafePointer<Float>, allowed: TokenSet, temperature: Double = 1
  ) -> [(token: PlanToken, logProbability: Double)] {
    precondition(temperature > 0)
    var scores: [(token: PlanToken, logProbability: Double)] = []
    for token in allowed { scores.append((token, Double(logits[token.index]) / temperature)) }
    guard let largest = scores.map(\.logProbability).max() else { preconditionFailure("a mask allows no token") }
    let sum = scores.reduce(0) { $0 + exp($1.logProbability - largest) }
    let logSum = largest + log(sum)
    for index in scores.indices { scores[index].logProbability -= logSum }
    return scores
  }
}
