import Plans
import Testing
import Worlds

/// Findings verbatim, each at its node.
@Suite struct PlanExecutionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let problem: String
    let steps: [PlanNode]
    let findings: [String]
    var testDescription: String { findings.first ?? "sound" }
  }

  static let cases: [Case] = [
    Case(problem: "2 + 3", steps: [action("add", 2, 3, 5), returns], findings: []),
    Case(
      problem: "2 + 3", steps: [action("add", 2, 3, 6), returns],
      findings: ["/0 wrong_value: 2 + 3: expected 5, got 6"]),
    Case(
      problem: "(2 + 3) * 4", steps: [action("add", 2, 3, 6), action("mul", 6, 4, 24), returns],
      findings: ["/0 wrong_value: 2 + 3: expected 5, got 6"]),
    Case(
      problem: "(2 + 3) * 4", steps: [action("mul", 2, 4, 8), returns],
      findings: [
        "/0 out_of_order: expected add(2,3), the chain's operation 1; got mul(2,4)",
        "/1 goal_unmet: 1 of 2 operations were carried out",
      ]),
    Case(
      problem: "2 - 3", steps: [action("sub", 2, 3, -1), returns],
      findings: ["/0 infeasible: 2 - 3 = -1; values must stay within 0…9999"]),
    Case(
      problem: "2 + 3", steps: [claimsUnsolvable],
      findings: ["/0 false_unsolvable: the problem has a solution; end the plan in 'return()'"]),
    Case(problem: "2 - 3", steps: [claimsUnsolvable], findings: []),
    Case(
      problem: "2 + 3", steps: [action("add", 2, 3, 5)],
      findings: ["/ terminal_ends_plan: a path ends without a terminal"]),
    Case(
      problem: "2 + 3",
      steps: [.action(PlanCall("pow", [.integer(2), .integer(3)]), output: .integer(8)), returns],
      findings: ["/0 unknown_name: no action is called 'pow'; known: add, sub, mul, div, call"]),
    Case(
      problem: "2 + 3", steps: [action("add", 1_000_000_000, 3, 5), returns],
      findings: [
        "/0 ill_typed: expected 'name(x,y)->z' or 'call(name,x,y)->z' within ±999999999, got 'add(1000000000,3)->5'",
        "/1 goal_unmet: 0 of 1 operations were carried out",
      ]),
    Case(
      problem: "reach 20 from 2 3 4",
      steps: [
        .subgoal(claim("reach", 6), steps: [action("add", 3, 2, 5)]), .assertion(claim("value", 7)),
        action("mul", 5, 4, 20), returns,
      ],
      findings: [
        "/0 subgoal_unmet: 6 is no latent value here; there is 4, 5",
        "/1 false_claim: 7 is no latent value here; there is 4, 5",
      ]),
    Case(
      problem: "reach 20 from 2 3 4", steps: [action("mul", 5, 4, 20), returns],
      findings: ["/0 unavailable_input: 5 is not available here; there is 2, 3, 4"]),
    Case(
      problem: "reach 20 from 2 3 4",
      steps: [
        .branch(
          claim("value", 2), whenTrue: [action("add", 3, 2, 5), action("mul", 5, 4, 20), returns],
          whenFalse: [action("div", 4, 3, 1), returns])
      ],
      findings: [
        "/0/1/0 infeasible: 4 / 3 has no exact result",
        "/0/1/1 goal_unmet: expected 20 among the numbers, got 1, 2",
      ]),
  ]

  @Test(arguments: cases)
  func findings_sayWhatAndWhere(_ example: Case) throws {
    let problem = try AgreementWithCheckerTests.problem(example.problem)
    let findings = problem.world.teacher.judge(of: problem).findings(
      in: PlanTree(goal: problem.goal, steps: example.steps))
    #expect(findings.map { "\($0.path) \($0.rule): \($0.message)" } == example.findings)
  }

  @Test func findings_refuseThePlanOfAnotherProblem() throws {
    let world = WorldKind.countdown.world
    let problem = try world.problem(parsing: "reach 20 from 2 3 4")
    let plan = PlanTree(goal: try world.problem(parsing: "reach 9 from 2 3 4").goal, steps: [returns])
    #expect(
      world.kind.teacher.judge(of: problem).findings(in: plan)
        == [PlanFinding(PlanPath(), rule: "wrong_goal", "expected reach(20,2,3,4), got reach(9,2,3,4)")])
  }

  @Test func findingsInPrefix_leaveOpenWhatMayStillCome() throws {
    let world = WorldKind.countdown.world
    let verifier = world.kind.teacher.judge(of: try world.problem(parsing: "reach 20 from 2 3 4"))
    #expect(verifier.findings(inPrefix: []).isEmpty)
    #expect(verifier.findings(inPrefix: [action("add", 3, 2, 5)]).isEmpty)
    #expect(verifier.findings(inPrefix: [action("add", 3, 2, 6)]).map(\.rule) == ["wrong_value"])
    #expect(verifier.findings(inPrefix: [action("add", 3, 2, 5), returns]).map(\.rule) == ["goal_unmet"])
  }

  /// The solver would say no; a prefix must not ask it.
  @Test func findingsInPrefix_neverConsultTheSolver() throws {
    let world = WorldKind.countdown.world
    let verifier = world.kind.teacher.judge(of: try world.problem(parsing: "reach 20 from 2 3 4"))
    #expect(verifier.findings(inPrefix: [claimsUnsolvable]).isEmpty)
  }

  @Test func findings_refuseBottomlessNesting() throws {
    let world = WorldKind.arithmetic.world
    let problem = try world.problem(parsing: "2 + 3")
    var node = action("add", 2, 3, 5)
    for _ in 0..<1_000 { node = .subgoal(claim("reach", 5), steps: [node]) }
    let findings = world.kind.teacher.judge(of: problem).findings(
      in: PlanTree(goal: problem.goal, steps: [node, returns]))
    #expect(findings.contains { $0.rule == "depth_within_limit" })
  }
}
