import Planning
import Reasoner
import Schemas
import Tensors
import TestSupport
import Testing
import Worlds

/// The planner on a real, untrained model: it mostly abstains, and what it releases is sound.
@Suite struct UntrainedPlannerTests {  // Sources/Planning/Planner.swift
  @Test(arguments: PlanningMode.allCases) func plan_isSoundReasonedAndRepeatable(mode: PlanningMode) throws {
    let shape = try ModelShape(
      layers: 1, width: 16, heads: 2, kvHeads: 2, feedForward: 16, vocabulary: Fixture.vocabulary.count, positions: 192)
    let weights = Weights.initial(shape, seed: 4)
    let planner = Planner(
      SearchConfig(mode: mode, budget: 300, beam: 6), style: .actions, vocabulary: Fixture.vocabulary
    ) { ReasonerPolicy(weights, kernels: FastKernels(backend: .builtIn)) }
    for text in ["reach 17 from 5 12 37", "reach 449 from 5 12 37", "reach 60 from 5 12 37"] {
      let request = Fixture.request(try Fixture.problem(.countdown, text))
      let result = try planner.plan(request)
      #expect(result.modelEvaluations <= 300)
      if let plan = result.plan {
        #expect(PlanTextChecker.accepts(plan.text))
      } else {
        #expect(result.abstention != nil)
      }
      let context = TraceContext(runID: nil, phase: "plan")
      #expect(TraceAudit.findings(in: result.trace(in: context)).isEmpty)
      #expect(try planner.plan(request).trace(in: context) == result.trace(in: context))
    }
  }
}
