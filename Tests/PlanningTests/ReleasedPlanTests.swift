import Planning
import Plans
import Randomness
import Schemas
import Search
import TestSupport
import Testing
import Worlds

/// What leaves is re-judged by `PlanTextChecker`, which shares no code with the verifiers.
@Suite struct ReleasedPlanTests {  // Sources/Planning/ReleasedPlan.swift
  private static let styles = SolutionStyle.allCases

  @Test(arguments: WorldKind.allCases) func everyReleasedPlanIsAcceptedByTheIndependentChecker(world: WorldKind) throws
  {
    var released = 0
    for (index, problem) in try Self.problems(world).enumerated() {
      for mode in [PlanningMode.greedy, .bestFirst, .sampling] {
        let style = Self.styles[index % Self.styles.count]
        let planner = Planner(
          SearchConfig(mode: mode, budget: 200, beam: 8), style: style, vocabulary: Fixture.vocabulary
        ) { Self.policy(problem, style, index) }
        guard let plan = try planner.plan(Fixture.request(problem, seed: UInt64(index))).plan else { continue }
        released += 1
        #expect(PlanTextChecker.rejection(of: plan.text) == nil, "\(plan.text)")
        #expect(plan.text.hasPrefix("goal \(problem.goal.canonicalText){"))
      }
    }
    #expect(released > 100)
  }

  /// The control: without verification the same policies let unsound plans out, and the checker says so.
  @Test(arguments: WorldKind.allCases) func aPlannerThatSkipsVerificationIsCaught(world: WorldKind) throws {
    var caught = 0
    for (index, problem) in try Self.problems(world).enumerated() {
      let text = try Self.unverifiedPlan(problem, Self.policy(problem, .actions, index))
      if !PlanTextChecker.accepts(text) { caught += 1 }
    }
    #expect(caught > 20)
  }

  /// Favours a right plan two times in three, with an opinion of its own on every digit.
  private static func policy(_ problem: Problem, _ style: SolutionStyle, _ index: Int) -> any PlanPolicy {
    let noisy = NoisyPolicy(random: RandomStream(seed: UInt64(index), "tests/noise"))
    guard index % 3 != 0,
      let script = try? ScriptedPolicy(
        [problem.world.teacher.exercise(for: problem).plan(style: style)], Fixture.vocabulary)
    else { return noisy }
    return script
  }

  private static func problems(_ world: WorldKind) throws -> [Problem] {
    (0..<90).map { index in
      var random = RandomStream(seed: 11, "tests/planning", world.rawValue, index)
      let levels = world.teacher.levels
      return world.teacher.exercise(level: levels[index % levels.count].number, random: &random).problem
    }
  }

  /// Greedy, and out with it.
  private static func unverifiedPlan(_ problem: Problem, _ policy: any PlanPolicy) throws -> String {
    let world = problem.world.world
    let heads = Set(world.signature.entries.filter(SolutionStyle.actions.admits).map { PlanHead($0.kind, $0.name) })
    let automaton = try PlanAutomaton(
      vocabulary: Fixture.vocabulary, signature: world.signature, heads: heads, limits: PlanLimits())
    var partial = try PartialPlan(
      goal: problem.goal, automaton: automaton, feasibility: world.feasibility(for: problem))
    var policy = policy
    var random = RandomStream(seed: 0, "tests/unverified")
    while !partial.isComplete {
      let answer = try policy.propose(for: partial, limit: 1, random: &random)
      try partial.extend(answer.proposals[0].token, logProbability: answer.proposals[0].logProbability)
    }
    return try #require(try partial.parsedTree()).canonicalText
  }
}
