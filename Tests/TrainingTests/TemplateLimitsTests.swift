import Composition
import Planning
import Plans
import Reasoner
import Testing
import Worlds

/// The limits in configs/ leave room for the longest chain there is, in every style, though templates train on shorter ones.
@Suite struct TemplateLimitsTests {
  private let vocabulary = PlanVocabulary(signatures: WorldKind.allCases.map { $0.world.signature })

  /// The tokens of the longest plan of eight steps, prompt and whole.
  private func longest(_ style: SolutionStyle) throws -> (prompt: Int, whole: Int) {
    let problem = try WorldKind.arithmetic.world.problem(parsing: "99 * 9 * 9 + 99 + 99 + 99 + 99 + 99 + 99")
    let plan = WorldKind.arithmetic.teacher.exercise(for: problem).plan(style: style)
    return (try vocabulary.encodePrompt(plan.goal).count, try vocabulary.encode(plan).count)
  }

  @Test(arguments: ["baseline", "chain_of_thought", "countdown", "curriculum", "tool_execution"])
  func limits_admitTheLongestChain(template: String) throws {
    let resolved = try TemplateCatalog(ConfigSources(builtIn: BuiltInConfigs.files)).compose(template)
    var read = ConfigReader(resolved, sections: ["model"])
    let positions = try ModelShape(&read, vocabulary: vocabulary.count).positions
    let tokenBudget = try SearchConfig(resolved).tokenBudget
    for style in SolutionStyle.allCases {
      let (prompt, whole) = try longest(style)
      #expect(whole <= positions, "\(style)")
      #expect(whole - prompt <= tokenBudget, "\(style)")
    }
  }

  /// The control: the limits that were enough for six steps are not for eight.
  @Test func limits_ofSixStepsWouldCutPlans() throws {
    let (prompt, whole) = try longest(.subgoals)
    #expect(whole > 160 && whole - prompt > 128)
  }
}
