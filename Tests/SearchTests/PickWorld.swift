import Plans
import Randomness
import Search
import Synchronization

/// Three symbols are picked one after the other; one secret sequence is right. Every choice is one symbol.
struct PickWorld {
  static let signature = PlanSignature(
    entries: [
      .init(.goal, "find"), .init(.action, "pick", inputs: [.symbol]), .init(.terminal, "return"),
    ], symbols: ["a", "b", "c"])
  static let vocabulary = PlanVocabulary(signatures: [signature])

  struct Picks: Feasibility {
    var left: Int
    func actionVector() -> [Bool] { [left > 0] }
    func candidates(action: String, after inputs: [PlanTerm]) -> [PlanTerm] { ["a", "b", "c"].map(PlanTerm.symbol) }
    func applying(_ call: PlanCall, output: PlanTerm?) -> any Feasibility { Picks(left: left - 1) }
    func allowsTerminal(_ outcome: String) -> Bool { left == 0 }
  }

  static func root(picks: Int = 3) throws -> PartialPlan {
    let automaton = try PlanAutomaton(vocabulary: vocabulary, signature: signature, limits: PlanLimits())
    return try PartialPlan(goal: PlanCall("find"), automaton: automaton, feasibility: Picks(left: picks))
  }

  /// The picks of a plan, `abc`.
  static func picks(_ steps: [PlanNode]) -> String {
    steps.reduce(into: "") { if case .action(let call, _) = $1 { $0 += call.arguments[0].description } }
  }
}

/// A count that outlives the values that raise it.
final class Counter: Sendable {
  private let count = Mutex(0)

  func increment() { count.withLock { $0 += 1 } }

  var value: Int { count.withLock { $0 } }
}

/// Knows the secret. `judgesPrefixes` tells whether a wrong beginning is refused before the plan is complete.
struct PickVerifier: PlanVerifier {
  let secret: String
  var judgesPrefixes = true
  /// Counts the complete plans that it judged.
  var judged: Counter?

  func findings(in plan: PlanTree) -> [PlanFinding] {
    judged?.increment()
    let picks = Array(PickWorld.picks(plan.steps))
    let wrong = zip(picks, secret).enumerated().first { $1.0 != $1.1 }
    return wrong.map { [PlanFinding(PlanPath([$0.offset]), rule: "wrong_pick", "not the secret")] } ?? []
  }

  func findings(inPrefix steps: [PlanNode]) -> [PlanFinding] {
    guard judgesPrefixes, !secret.hasPrefix(PickWorld.picks(steps)) else { return [] }
    return [PlanFinding(PlanPath(), rule: "wrong_pick", "not the secret")]
  }
}

/// Probabilities by the pieces emitted so far; uniform over what is allowed where the table is silent.
struct TablePolicy: PlanPolicy {
  /// `["a": ["b": 0.9, "c": 0.1]]`: after the choices `a`, the tokens and their probabilities.
  var table: [String: [String: Double]] = [:]
  var values: [String: Double] = [:]
  /// Choices by which the table is keyed: digits, `-` and symbols.
  private(set) var asked: [String] = []

  init(_ table: [String: [String: Double]] = [:], values: [String: Double] = [:]) {
    self.table = table
    self.values = values
  }

  static func key(_ partial: PartialPlan) -> String {
    let vocabulary = partial.state.vocabulary
    return partial.tokens.dropFirst(partial.promptLength).map { vocabulary.text(of: $0) }.filter { $0.count == 1 }
      .joined()
  }

  mutating func propose(for partial: PartialPlan, limit: Int, random: inout RandomStream) throws -> PolicyAnswer {
    let key = Self.key(partial)
    asked.append(key)
    let row = table[key]
    let allowed = Array(partial.state.allowed)
    let proposals = allowed.map { token in
      let piece = partial.state.vocabulary.text(of: token)
      let probability = row.map { $0[piece] ?? 0 } ?? 1 / Double(allowed.count)
      return (token: token, logProbability: logarithm(probability))
    }
    let sorted = proposals.sorted {
      $0.logProbability != $1.logProbability ? $0.logProbability > $1.logProbability : $0.token < $1.token
    }
    return PolicyAnswer(proposals: Array(sorted.prefix(limit)), value: values[key] ?? 1)
  }
}
