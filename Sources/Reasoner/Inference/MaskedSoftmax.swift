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
  /// `log p(t) = z(t) − log Σ exp z(u)` over allowed u, in `Double`. Traps on an empty mask.
  static func logProbabilities(
    _ logits: UnsafePointer<Float>, allowed: TokenSet
  ) -> [(token: PlanToken, logProbability: Double)] {
    var scores: [(token: PlanToken, logProbability: Double)] = []
    scores.reserveCapacity(allowed.count)
    for token in allowed { scores.append((token, Double(logits[token.index]))) }
    guard let largest = scores.map(\.logProbability).max() else { preconditionFailure("a mask allows no token") }
    let sum = scores.reduce(0) { $0 + exp($1.logProbability - largest) }
    let logSum = largest + log(sum)
    for index in scores.indices { scores[index].logProbability -= logSum }
    return scores
  }
}
