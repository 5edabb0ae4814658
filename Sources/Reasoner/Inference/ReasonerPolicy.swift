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

/// The transformer as search sees it: one call is one forward pass over the tokens not yet in the cache.
///
/// The cache holds the last sequence asked about; a new partial plan keeps the prefix that both share. A policy belongs to
/// one thread; several of them may share `Weights`.
public struct ReasonerPolicy: PlanPolicy {
  private let decoder: Decoder
  private var cached: [PlanToken] = []

  public init(_ weights: Weights, kernels: any Kernels) {
    decoder = Decoder(weights, kernels: kernels)
  }

  public mutating func propose(
    for partial: PartialPlan, limit: Int, random: inout RandomStream
  ) throws -> PolicyAnswer {
    // At least one token must be new: its pass yields the logits.
    var shared = 0
    let reusable = min(cached.count, partial.tokens.count - 1)
    while shared < reusable, cached[shared] == partial.tokens[shared] { shared += 1 }
    decoder.cache.truncate(0, to: shared)
    cached.removeLast(cached.count - shared)
    let outputs = try decoder.extend([.init(slot: 0, tokens: partial.tokens[shared...])])
    cached = partial.tokens
    var proposals = MaskedSoftmax.logProbabilities(outputs.logits, allowed: partial.state.allowed)
    proposals.sort { ($1.logProbability, $0.token) < ($0.logProbability, $1.token) }
    return PolicyAnswer(
      proposals: Array(proposals.prefix(limit)), value: 1 / (1 + exp(-Double(outputs.values[0]))))
  }
}
