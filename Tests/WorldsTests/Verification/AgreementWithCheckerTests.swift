import Plans
import Randomness
import TestSupport
import Testing
import Worlds

/// The verifiers against `PlanTextChecker`, which shares no code with them: no false accept, no false reject.
@Suite struct AgreementWithCheckerTests {
  static let smallProblems = ["(2 + 1) * 2", "1 - 2", "reach 5 from 1 2 3", "reach 40 from 1 1 2"]

  static func problem(_ text: String) throws -> Problem {
    try (text.hasPrefix("reach") ? WorldKind.countdown : .arithmetic).world.problem(parsing: text)
  }

  /// All action steps over operands 1…3 and results 0…6, right and wrong.
  static let allSteps: [PlanNode] = ["add", "sub", "mul", "div"].flatMap { name in
    (1...3).flatMap { x in (1...3).flatMap { y in (0...6).map { action(name, x, y, $0) } } }
  }

  @Test(arguments: smallProblems)
  func findings_agreeOnEveryPlanOfAtMostTwoSteps(text: String) throws {
    let problem = try Self.problem(text)
    let verifier = problem.world.teacher.judge(of: problem)
    var accepted = 0
    var disagreements: [String] = []
    func compare(_ steps: [PlanNode]) {
      let plan = PlanTree(goal: problem.goal, steps: steps)
      let verdict = verifier.findings(in: plan).isEmpty
      if verdict { accepted += 1 }
      if verdict != PlanTextChecker.accepts(planText(plan)) { disagreements.append(planText(plan)) }
    }
    for terminal in [returns, claimsUnsolvable] {
      compare([terminal])
      for first in Self.allSteps {
        compare([first, terminal])
        for second in Self.allSteps { compare([first, second, terminal]) }
      }
    }
    #expect(disagreements.isEmpty, "\(disagreements.count) disagreements, first \(disagreements.prefix(3))")
    #expect(accepted > 0, "nothing was accepted: the enumeration tests only refusals")
  }

  @Test func findings_agreeOnPlansOfEveryShape() throws {
    let seed: UInt64 = 20_261_121
    var accepted = 0
    for index in 0..<60_000 {
      var random = RandomStream(seed: seed, "agreement", index)
      let plan = try PlanMutator.plan(random: &random)
      let verdict = try verdict(on: plan)
      if verdict { accepted += 1 }
      let reason = PlanTextChecker.rejection(of: planText(plan))
      if verdict != (reason == nil) {
        Issue.record(
          "seed \(seed) index \(index): verifier \(verdict), checker \(reason ?? "accepts"): \(planText(plan))")
        return
      }
    }
    #expect(accepted > 6_000 && accepted < 54_000, "\(accepted) accepted: both verdicts must be common")
  }

  /// The control: a verifier blind to any one rule is caught by the same comparison.
  @Test(arguments: [
    "wrong_value", "infeasible", "unavailable_input", "out_of_order", "false_claim", "subgoal_unmet", "goal_unmet",
    "false_unsolvable", "terminal_ends_plan", "subgoal_has_steps", "arms_have_steps", "branch_is_consequential",
    "no_repeated_node",
  ])
  func comparison_catchesVerifierBlindTo(rule: String) throws {
    let isCaught = try (0..<60_000).contains { index in
      var random = RandomStream(seed: 20_261_121, "agreement", index)
      let plan = try PlanMutator.plan(random: &random)
      let problem = try PlanMutator.problem(of: plan)
      let findings = problem.world.teacher.judge(of: problem).findings(in: plan)
      guard !findings.isEmpty, findings.allSatisfy({ $0.rule == rule }) else { return false }
      return !PlanTextChecker.accepts(planText(plan))
    }
    #expect(isCaught, "no plan in the comparison is refused for '\(rule)' alone")
  }

  private func verdict(on plan: PlanTree) throws -> Bool {
    let problem = try PlanMutator.problem(of: plan)
    return problem.world.teacher.judge(of: problem).findings(in: plan).isEmpty
  }
}
