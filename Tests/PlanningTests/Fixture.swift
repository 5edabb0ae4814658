import Planning
import Plans
import Schemas
import Search
import Storage
import Worlds

/// Problems and planners that the tests of this module share.
enum Fixture {
  static let vocabulary = PlanVocabulary(signatures: WorldKind.allCases.map(\.world.signature))

  static func problem(_ world: WorldKind, _ text: String) throws -> Problem { try world.world.problem(parsing: text) }

  static func request(_ problem: Problem, seed: UInt64 = 7) -> PlanRequest {
    PlanRequest(
      problem: problem, problemID: Digest(of: problem.identityText), level: 2, stepCount: 2,
      category: "mixed", seed: seed)
  }

  /// A planner whose policy favours `plans` (canonical texts), the first most.
  static func planner(
    _ config: SearchConfig, favouring plans: [String], style: SolutionStyle = .actions, counter: CallCounter? = nil
  ) throws -> Planner {
    let policy = try ScriptedPolicy(plans.map { try PlanParser.parse($0) }, vocabulary, counter: counter)
    return Planner(config, style: style, vocabulary: vocabulary) { policy }
  }

  /// (3 + 4) * 2, its one plan, and two wrong ones.
  static let chain = "(3 + 4) * 2"
  static let right = "goal evaluate(3,add,4,mul,2){action add(3,4)->7;action mul(7,2)->14;terminal return();}"
  static let wrongValue = "goal evaluate(3,add,4,mul,2){action add(3,4)->8;action mul(8,2)->16;terminal return();}"
  static let wrongLast = "goal evaluate(3,add,4,mul,2){action add(3,4)->7;action mul(7,2)->15;terminal return();}"
  static let claim = "goal evaluate(3,add,4,mul,2){terminal unsolvable();}"
}
