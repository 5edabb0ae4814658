import Planning
import Plans
import Schemas
import TestSupport
import Testing
import Worlds

@Suite struct PlannerTests {  // Sources/Planning/Planner.swift
  @Test(arguments: [PlanningMode.greedy, .bestFirst, .sampling])
  func plan_releasesTheFavouredSoundPlan(mode: PlanningMode) throws {
    let planner = try Fixture.planner(SearchConfig(mode: mode, budget: 64), favouring: [Fixture.right])
    let result = try planner.plan(Fixture.request(Fixture.problem(.arithmetic, Fixture.chain)))
    let plan = try #require(result.plan)
    #expect(plan.text == Fixture.right)
    #expect(!result.isRepaired)
    #expect(result.refused == nil || mode == .sampling)
    #expect(PlanTextChecker.accepts(plan.text))
  }

  @Test func plan_repairsTheFailingStepOnce() throws {
    let planner = try Fixture.planner(
      SearchConfig(mode: .greedy), favouring: [Fixture.wrongLast, Fixture.right])
    let result = try planner.plan(Fixture.request(Fixture.problem(.arithmetic, Fixture.chain)))
    #expect(result.plan?.text == Fixture.right)
    #expect(result.isRepaired)
    #expect(result.refused?.tree.canonicalText == Fixture.wrongLast)
    #expect(result.refused?.findings.map(\.rule) == ["wrong_value"])
  }

  @Test func plan_abstainsWhenTheRepairFailsToo() throws {
    // Both favoured plans are wrong at different steps: one repair cannot mend both.
    let alsoWrong = Fixture.wrongValue.replacing("->8", with: "->9").replacing("mul(8,2)", with: "mul(9,2)")
    let counter = CallCounter()
    let planner = try Fixture.planner(
      SearchConfig(mode: .greedy), favouring: [Fixture.wrongValue, alsoWrong], counter: counter)
    let result = try planner.plan(Fixture.request(Fixture.problem(.arithmetic, Fixture.chain)))
    #expect(result.abstention == .budget)
    #expect(result.refused != nil)
    #expect(result.modelEvaluations == counter.value)
    // One pass and one repair cost at most the choices of both plans; a second repair would cost more.
    #expect(counter.value <= 2 * 12)
  }

  @Test(arguments: PlanningMode.allCases.filter { $0 != .uniform })
  func plan_passesAFavouredClaimOnAsAnAbstention(mode: PlanningMode) throws {
    let planner = try Fixture.planner(SearchConfig(mode: mode, budget: 6), favouring: [Fixture.claim])
    let result = try planner.plan(Fixture.request(Fixture.problem(.arithmetic, Fixture.chain)))
    #expect(result.abstention == .unsolvable)
    #expect(result.plan == nil)
  }

  @Test func plan_neverReleasesAClaimEvenIfItIsTrue() throws {
    // 2 + 3 from three ones is out of reach of 999.
    let problem = try Fixture.problem(.countdown, "reach 999 from 1 2 3")
    let claim = "goal reach(999,1,2,3){terminal unsolvable();}"
    #expect(PlanTextChecker.accepts(claim))  // the claim is true
    let result = try Fixture.planner(SearchConfig(mode: .greedy), favouring: [claim]).plan(Fixture.request(problem))
    #expect(result.plan == nil)
    #expect(result.abstention == .unsolvable)
  }

  @Test func plan_countsEvaluationsExactlyAndStaysWithinItsBudget() throws {
    let problem = try Fixture.problem(.countdown, "reach 449 from 5 12 37")
    try withEvery("budget", in: 1...40) { budget in
      for mode in PlanningMode.allCases {
        let counter = CallCounter()
        let planner = try Fixture.planner(SearchConfig(mode: mode, budget: budget), favouring: [], counter: counter)
        let result = try planner.plan(Fixture.request(problem))
        #expect(result.modelEvaluations <= budget)
        if mode != .uniform { #expect(counter.value == result.modelEvaluations) }
        if result.plan == nil { #expect(result.abstention == .budget) }
      }
    }
  }

  @Test(arguments: PlanningMode.allCases) func plan_stopsBeforeTheNextEvaluationOnceCancelled(mode: PlanningMode) throws
  {
    let problem = try Fixture.problem(.countdown, "reach 449 from 5 12 37")
    for allowed in 0..<8 {
      let asked = CallCounter()
      let planner = try Fixture.planner(SearchConfig(mode: mode, budget: 64), favouring: [])
      let result = try planner.plan(Fixture.request(problem)) {
        asked.increment()
        return asked.value > allowed
      }
      #expect(result.abstention == .cancelled)
      #expect(result.modelEvaluations == allowed)
    }
  }

  @Test func plan_isCancelledDuringTheRepairToo() throws {
    let counter = CallCounter()
    let planner = try Fixture.planner(
      SearchConfig(mode: .greedy), favouring: [Fixture.wrongLast, Fixture.right], counter: counter)
    let request = Fixture.request(try Fixture.problem(.arithmetic, Fixture.chain))
    let whole = try planner.plan(request).modelEvaluations
    let asked = CallCounter()
    let result = try planner.plan(request) {
      asked.increment()
      return asked.value == whole
    }
    #expect(result.abstention == .cancelled)
    #expect(result.modelEvaluations == whole - 1)
  }

  @Test func plan_uniformModeAsksNoModel() throws {
    let counter = CallCounter()
    let planner = try Fixture.planner(
      SearchConfig(mode: .uniform, budget: 64), favouring: [Fixture.right], counter: counter)
    let result = try planner.plan(Fixture.request(Fixture.problem(.arithmetic, Fixture.chain)))
    #expect(counter.value == 0)
    #expect(result.modelEvaluations > 0)
  }

  @Test(arguments: PlanningMode.allCases) func plan_isDeterministic(mode: PlanningMode) throws {
    let planner = try Fixture.planner(SearchConfig(mode: mode, budget: 48), favouring: [])
    let request = Fixture.request(try Fixture.problem(.countdown, "reach 17 from 5 12 37"))
    let context = TraceContext(runID: "r", phase: "plan")
    #expect(try planner.plan(request).trace(in: context) == planner.plan(request).trace(in: context))
  }

  @Test func plan_refusesAVocabularyOfAnotherWorld() throws {
    let planner = Planner(
      SearchConfig(mode: .uniform), style: .actions, vocabulary: PlanVocabulary(signatures: [])
    ) { NoisyPolicy(random: .init(seed: 0)) }
    #expect(throws: PlanError.self) {
      try planner.plan(Fixture.request(Fixture.problem(.arithmetic, Fixture.chain)))
    }
  }
}

extension PlanningResult {
  /// Why no plan was released.
  var abstention: TraceRecord.Abstention? {
    if case .abstained(let reason) = outcome { reason } else { nil }
  }
}
