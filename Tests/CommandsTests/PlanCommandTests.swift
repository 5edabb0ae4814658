import Commands
import Planning
import Plans
import Testing
import Worlds

@Suite struct PlanCommandTests {  // Sources/Commands/Plan/
  @Test(arguments: [
    ("(37 + 45) * 6", WorldKind.arithmetic), ("evaluate(37,add,45,mul,6)", .arithmetic),
    ("reach 449 from 5 12 37", .countdown), ("reach(449,5,12,37)", .countdown),
  ])
  func problem_isReadInTheWorldThatKnowsIt(text: String, world: WorldKind) throws {
    let problem = try ProblemText.problem(text, world: nil)
    #expect(problem.world == world)
    #expect(try ProblemText.problem(problem.goal.canonicalText, world: world) == problem)
  }

  @Test(
    arguments: [
      ("(37 + 45) * 6", WorldKind.countdown), ("37 +", nil), ("reach 4 from", nil), ("fetch(1,2)", nil), ("", nil),
    ] as [(String, WorldKind?)])
  func problem_thatNoWorldKnowsIsRefused(text: String, world: WorldKind?) {
    #expect(throws: WorldError.self) { try ProblemText.problem(text, world: world) }
  }

  @Test func problem_errorsComeFromTheWorldThatReadFurthest() {
    let error = #expect(throws: WorldError.self) { try ProblemText.problem("reach 449 from 5 x 37", world: nil) }
    #expect("\(error.map { "\($0)" } ?? "")".hasPrefix("countdown problem, column 18:"))
  }

  @Test func graph_hasANodePerPlanNode() throws {
    let tree = try PlanParser.parse("goal evaluate(3,add,4){action add(3,4)->7;terminal return();}")
    #expect(
      PlanGraph(tree).text == """
        digraph plan {
          node [shape=box];
          "/" [label="goal evaluate(3,add,4)"];
          "/0" [label="action add(3,4) -> 7"];
          "/1" [label="terminal return()"];
          "/" -> "/0";
          "/" -> "/1";
        }

        """)
  }

  @Test func search_isTheRunsOwnUnlessAskedOtherwise() {
    let own = SearchConfig(mode: .greedy, budget: 256, tokenBudget: 100)
    #expect(SearchChoice(mode: nil, budget: nil).config(own) == own)
    #expect(SearchChoice(mode: .bestFirst, budget: nil).config(own) == own.with(mode: .bestFirst, budget: 64))
    #expect(SearchChoice(mode: .bestFirst, budget: 7).config(own) == own.with(mode: .bestFirst, budget: 7))
    let best = own.with(mode: .bestFirst, budget: 9)
    #expect(SearchChoice(mode: .greedy, budget: nil).config(best) == own.with(mode: .greedy, budget: 200))
  }

  @Test(arguments: ["configs/evaluation/reasoning.yaml", "evaluation/reasoning.yaml", "evaluation/reasoning"])
  func configPath_namesAConfig(text: String) {
    #expect(ConfigPathText.name(text) == "evaluation/reasoning")
  }
}
