import Plans
import Randomness

/// One sequence to learn from, already as next-token targets with weights for each signal.
///
/// Row i reads token i and is judged on token i + 1, so a plan of n tokens gives n − 1 rows.
public struct TrainingSequence: Sendable {
  /// Inputs (rows).
  public let tokens: [Int32]
  /// The token that follows each input (rows).
  public let targets: [Int32]
  /// Weight of the next-token loss (rows): 0 on the prompt and where nothing is to be imitated.
  public let policyWeights: [Float]
  /// Whether the plan so far can still be completed soundly (rows), for the value head.
  public let valueTargets: [Float]
  /// Weight of the value loss (rows).
  public let valueWeights: [Float]

  public var rows: Int { tokens.count }

  /// A sound plan: imitate everything after the prompt; every prefix is worth 1.
  public init(plan: [PlanToken], promptLength: Int) {
    self.init(plan: plan, promptLength: promptLength, deadFrom: nil)
  }

  /// Uniformly random tokens, each to be predicted from those before it: for measurements, where content does not matter.
  public init(randomTokens count: Int, in range: ClosedRange<Int>, random: inout RandomStream) {
    let tokens = (0..<count).map { _ in PlanToken(rawValue: UInt16(random.integer(in: range))) }
    self.init(plan: tokens, promptLength: 1, deadFrom: nil)
  }

  /// A detour: nothing to imitate; the value is 1 before `unknownFrom`, unjudged up to `deadFrom`, 0 from there on.
  ///
  /// Indices are those of tokens in `plan`; row i stands for the prefix that ends with token i.
  public init(detour plan: [PlanToken], promptLength: Int, unknownFrom: Int, deadFrom: Int) {
    self.init(plan: plan, promptLength: promptLength, deadFrom: (unknownFrom, deadFrom))
  }

  private init(plan: [PlanToken], promptLength: Int, deadFrom: (unknown: Int, dead: Int)?) {
    precondition(plan.count > 1 && promptLength > 0)
    let rows = plan.count - (deadFrom == nil ? 1 : 0)
    tokens = plan.prefix(rows).map { Int32($0.rawValue) }
    targets = (0..<rows).map { Int32(plan[min($0 + 1, plan.count - 1)].rawValue) }
    policyWeights = (0..<rows).map { deadFrom == nil && $0 + 1 >= promptLength ? 1 : 0 }
    valueTargets = (0..<rows).map { row in deadFrom.map { row >= $0.dead ? 0 : 1 } ?? 1 }
    valueWeights = (0..<rows).map { row in
      guard row + 1 >= promptLength else { return 0 }
      return deadFrom.map { row >= $0.unknown && row < $0.dead ? 0 : 1 } ?? 1
    }
  }
}
