import Glibc
import Planning
import Plans
import Randomness
import Search
import Synchronization

/// A policy that favours given plans, the first most, and knows nothing off their paths.
struct ScriptedPolicy: PlanPolicy {
  /// Token streams, prompts included, most favoured first.
  let scripts: [[PlanToken]]
  /// Counts calls across copies.
  var counter: CallCounter?
  var value = 0.5

  init(_ plans: [PlanTree], _ vocabulary: PlanVocabulary, counter: CallCounter? = nil) throws {
    scripts = try plans.map(vocabulary.encode)
    self.counter = counter
  }

  mutating func propose(for partial: PartialPlan, limit: Int, random: inout RandomStream) throws -> PolicyAnswer {
    counter?.increment()
    let favoured = scripts.filter { $0.starts(with: partial.tokens) && $0.count > partial.tokens.count }
      .map { $0[partial.tokens.count] }
    var scores = partial.state.allowed.map { token in
      (token: token, score: favoured.firstIndex(of: token).map { -3 * Double($0) } ?? -12)
    }
    let sum = scores.reduce(0) { $0 + exp($1.score) }
    scores.sort { ($1.score, $0.token) < ($0.score, $1.token) }
    return PolicyAnswer(
      proposals: scores.prefix(limit).map { ($0.token, $0.score - log(sum)) }, value: value)
  }
}

/// Proposes at random, with strong opinions: most of its plans are wrong, some are right.
struct NoisyPolicy: PlanPolicy {
  var random: RandomStream

  mutating func propose(for partial: PartialPlan, limit: Int, random: inout RandomStream) throws -> PolicyAnswer {
    var scores = partial.state.allowed.map { (token: $0, score: 4 * self.random.normal()) }
    let sum = scores.reduce(0) { $0 + exp($1.score) }
    scores.sort { ($1.score, $0.token) < ($0.score, $1.token) }
    return PolicyAnswer(
      proposals: scores.prefix(limit).map { ($0.token, $0.score - log(sum)) }, value: self.random.uniform())
  }
}

/// A count that several threads may raise.
final class CallCounter: Sendable {
  private let count = Mutex(0)

  func increment() { count.withLock { $0 += 1 } }

  var value: Int { count.withLock { $0 } }
}
