import Commands
import Planning
import Plans
import Testing

@Suite struct PlanCommandTests {  // Sources/Commands/Plan/
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
