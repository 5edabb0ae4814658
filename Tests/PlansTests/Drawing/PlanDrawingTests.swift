import Plans
import Testing

@Suite struct PlanDrawingTests {  // Sources/Plans/Drawing/PlanDrawing.swift
  private func drawing(_ text: String) throws -> PlanDrawing { PlanDrawing(try PlanParser.parse(text)) }

  @Test func lines_drawAFlatPlan() throws {
    let text = "goal evaluate(37,add,45,mul,6){action add(37,45)->82;action mul(82,6)->492;terminal return();}"
    #expect(
      try drawing(text).lines == [
        "goal evaluate(37,add,45,mul,6)",
        "├─ action add(37,45) -> 82",
        "├─ action mul(82,6) -> 492",
        "└─ terminal return()",
      ])
    #expect(try drawing("goal a(){}").lines == ["goal a()"])
  }

  @Test func lines_drawNesting() throws {
    let text =
      "goal open(drawer){subgoal locate(drawer){action scan(drawer);}branch visible(object){action grasp(object);}"
      + "else{subgoal search(drawer){assert holds(1);action scan(drawer)->2;}}terminal return();}"
    #expect(
      try drawing(text).lines == [
        "goal open(drawer)",
        "├─ subgoal locate(drawer)",
        "│  └─ action scan(drawer)",
        "├─ branch visible(object)",
        "│  ├─ true",
        "│  │  └─ action grasp(object)",
        "│  └─ false",
        "│     └─ subgoal search(drawer)",
        "│        ├─ assertion holds(1)",
        "│        └─ action scan(drawer) -> 2",
        "└─ terminal return()",
      ])
  }

  @Test func rows_carryThePathOfTheirNode() throws {
    let text = "goal a(){subgoal b(){action c();}branch d(){terminal e();}else{action f();terminal g();}}"
    let paths = try drawing(text).rows.map(\.path.description)
    #expect(paths == ["/", "/0", "/0/0", "/1", "/1/0", "/1/0/0", "/1/1", "/1/1/0", "/1/1/1"])
  }
}
