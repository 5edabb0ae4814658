import Plans
import Testing

@Suite struct PlanTypeCheckerTests {  // Sources/Plans/Verification/PlanTypeChecker.swift
  private func findings(_ steps: String, goal: String = "reach(7,3)") throws -> [String] {
    let tree = try PlanParser.parse("goal \(goal){\(steps)}")
    return PlanTypeChecker(ToyWorld.signature).findings(in: tree).map { "\($0.path) \($0.rule): \($0.message)" }
  }

  @Test func findings_areEmptyForWhatTheSignatureDeclares() throws {
    let steps =
      "assert value(3);subgoal reach(4){action call(plus,1,2)->3;action name(3)->big;}branch value(3){action drop(3);}"
      + "else{action sub(2,1)->-1;}terminal yield(1,2);"
    #expect(try findings(steps) == [])
    #expect(try findings("", goal: "reach(7)") == [])
    #expect(try findings("", goal: "reach(7,1,2,3)") == [])
  }

  @Test func findings_nameWhatDisagrees() throws {
    #expect(try findings("", goal: "win()") == ["/ unknown_name: no goal is called 'win'; known: reach"])
    #expect(
      try findings("", goal: "reach(7,big)") == ["/ wrong_type: input 2 of 'reach' is of type integer, got 'big'"])
    #expect(
      try findings("", goal: "reach()")
        == ["/ wrong_arity: 'reach' takes 1 and any number of groups of 1 inputs, got 0"])
    // A name of another node type is unknown here.
    #expect(
      try findings("terminal add(1,2);") == ["/0 unknown_name: no terminal is called 'add'; known: return, yield"])
    #expect(try findings("action add(1)->2;") == ["/0 wrong_arity: 'add' takes 2 inputs, got 1"])
    #expect(try findings("action add(1,2);") == ["/0 missing_output: 'add' yields one integer, got none"])
    #expect(try findings("action drop(1)->2;") == ["/0 unexpected_output: 'drop' yields nothing, got '2'"])
    #expect(
      try findings("action add(1,2)->big;") == ["/0 wrong_type: the output of 'add' is of type integer, got 'big'"])
    #expect(
      try findings("subgoal reach(1){action call(huge,1,2)->3;}")
        == ["/0/0 unknown_symbol: input 1 of 'call': no symbol is called 'huge'"])
    #expect(
      try findings("branch value(big){assert value(1);}else{assert valve(2);}")
        == [
          "/0 wrong_type: input 1 of 'value' is of type integer, got 'big'",
          "/0/1/0 unknown_name: no assertion is called 'valve'; known: value, holds",
        ])
  }
}
