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
/// one thread; any number of them may share `InferenceWeights`.
public struct ReasonerPolicy: PlanPolicy {
  private let engine: InferenceEngine
  private let sequence: Int
  private var batch = InferenceBatch()
  private var cached: [PlanToken] = []

  public init(_ weights: InferenceWeights) {
    engine = InferenceEngine(weights, pool: ThreadPool(threads: 1))
    guard let sequence = try? engine.cache.open() else { preconditionFailure("a new cache has a free sequence") }
    self.sequence = sequence
  }

  /// Packs `weights` for this policy alone; to make several, pack them once.
  public init(_ weights: Weights, kernels: any Kernels) {
    self.init(InferenceWeights(weights, kernels: kernels, pool: ThreadPool(threads: 1)))
  }

  public mutating func propose(
    for partial: PartialPlan, limit: Int, random: inout RandomStream
  ) throws -> PolicyAnswer {
    // At least one token must be new: its pass yields the logits.
    var shared = 0
    let reusable = min(cached.count, partial.tokens.count - 1)
    while shared < reusable, cached[shared] == partial.tokens[shared] { shared += 1 }
    engine.cache.truncate(sequence, to: shared)
    cached.removeLast(cached.count - shared)
    batch.removeAll()
    batch.append(sequence, tokens: partial.tokens[shared...].lazy.map { Int32($0.rawValue) })
    let outputs = try engine.run(batch)
    cached = partial.tokens
    var proposals = MaskedSoftmax.logProbabilities(outputs.logits, allowed: partial.state.allowed)
    proposals.sort { ($1.logProbability, $0.token) < ($0.logProbability, $1.token) }
    return PolicyAnswer(
      proposals: Array(proposals.prefix(limit)), value: 1 / (1 + exp(-Double(outputs.values[0]))))
  }
}
