import Plans
import Testing

@Suite struct PlanRuleTests {  // Sources/Plans/Verification/
  @Test func depthWithinLimit() throws {
    let rule = DepthWithinLimit(maximumDepth: 3)
    try expectFindings(rule, "goal a(){subgoal b(){action c();}terminal t();}")
    try expectFindings(
      rule, "goal a(){subgoal b(){subgoal c(){@action d();@subgoal e(){action f();}}}}",
      ["depth 4 exceeds the limit of 3", "depth 4 exceeds the limit of 3"])
    try expectFindings(rule, "goal a(){subgoal b(){branch c(){@action d();}else{@action e();}}}")
  }

  @Test func nodeCountWithinLimit() throws {
    let rule = NodeCountWithinLimit(maximumNodes: 3)
    try expectFindings(rule, "goal a(){subgoal b(){action c();}}")
    try expectFindings(rule, "@goal a(){subgoal b(){action c();}terminal t();}", ["4 nodes exceed the limit of 3"])
  }

  @Test func terminalEndsPlan() throws {
    let rule = TerminalEndsPlan()
    try expectFindings(rule, "goal a(){action b();terminal t();}")
    try expectFindings(rule, "goal a(){branch b(){terminal t();}else{action c();terminal t();}}")
    try expectFindings(rule, "goal a(){branch b(){terminal t();}else{action c();}terminal t();}")
    try expectFindings(rule, "@goal a(){action b();}", ["a path ends without a terminal"])
    try expectFindings(rule, "@goal a(){branch b(){terminal t();}else{action c();}}")
    try expectFindings(rule, "goal a(){terminal t();@action b();}", ["a step follows the end of its path"])
    try expectFindings(rule, "goal a(){branch b(){terminal t();}else{terminal t();}@terminal t();}")
    try expectFindings(
      rule, "goal a(){subgoal b(){@terminal t();}terminal t();}", ["a terminal stands inside a subgoal"])
    try expectFindings(rule, "@goal a(){}")
  }

  @Test func subgoalHasSteps() throws {
    try expectFindings(SubgoalHasSteps(), "goal a(){subgoal b(){action c();}}")
    try expectFindings(
      SubgoalHasSteps(), "goal a(){@subgoal b(1){}subgoal b(){@subgoal c(){}}}",
      ["subgoal 'b(1)' has no steps", "subgoal 'c()' has no steps"])
  }

  @Test func armsHaveSteps() throws {
    try expectFindings(ArmsHaveSteps(), "goal a(){branch b(){action c();}else{action d();}}")
    let tree = try PlanParser.parse("goal a(){branch b(){}else{branch c(){action d();}else{}}}")
    let findings = ArmsHaveSteps().findings(in: tree)
    #expect(findings.map(\.path.description) == ["/0/0", "/0/1/0/1"])
    #expect(findings.map(\.message) == ["the true arm of 'b()' has no steps", "the false arm of 'c()' has no steps"])
  }

  @Test func branchIsConsequential() throws {
    try expectFindings(BranchIsConsequential(), "goal a(){branch b(){action c();}else{action d();}}")
    try expectFindings(
      BranchIsConsequential(), "goal a(){@branch b(2){action c();}else{action c();}}",
      ["branch on 'b(2)' has equal arms; replace it by its arm"])
  }

  @Test func noRepeatedNode() throws {
    try expectFindings(NoRepeatedNode(), "goal a(){action b();action b();assert c();action b();assert c();}")
    try expectFindings(NoRepeatedNode(), "goal a(){subgoal b(1){subgoal b(2){action c();}}subgoal b(1){action c();}}")
    try expectFindings(
      NoRepeatedNode(), "goal a(){assert c(1);@assert c(1);subgoal b(1){branch d(){@subgoal b(1){action e();}}else{}}}",
      ["assertion 'c(1)' repeats the step before it", "subgoal 'b(1)' is opened inside itself"])
  }

  @Test func standard_reportsEveryRuleOnce() throws {
    let limits = PlanLimits(maximumDepth: 4, maximumNodes: 8)
    let sound = try PlanParser.parse("goal a(){subgoal b(){action c();}terminal t();}")
    #expect(PlanRules.findings(in: sound, limits: limits) == [])
    let names = PlanRules.standard(maximumDepth: 4, maximumNodes: 8).map(\.name)
    #expect(Set(names).count == 7)
  }
}
