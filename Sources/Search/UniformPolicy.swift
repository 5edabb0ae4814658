import Plans
import Randomness

#if canImport(Glibc)
  import Glibc
#endif

/// Knows nothing: every allowed token is equally probable. The baseline that a trained policy must beat.
///
/// Consumes `random` only if fewer tokens are asked for than are allowed: which ones it names is then drawn at random,
/// since naming the lowest ids would be a preference.
public struct UniformPolicy: PlanPolicy {
  public init() {}

  public mutating func propose(
    for partial: PartialPlan, limit: Int, random: inout RandomStream
  ) throws -> PolicyAnswer {
    var tokens = Array(partial.state.allowed)
    let logProbability = -log(Double(tokens.count))
    if limit < tokens.count {
      random.shuffle(&tokens)
      tokens = tokens.prefix(limit).sorted()
    }
    return PolicyAnswer(proposals: tokens.map { ($0, logProbability) }, value: 1)
  }
}
