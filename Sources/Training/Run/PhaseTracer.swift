import Composition
import Datasets
import Planning
import Plans
import Reasoner
import Schemas
import Storage
import Tensors
import Worlds

/// Plans for the first held-out problems at the end of a phase and writes their traces: what the model can do, as a ledger.
struct PhaseTracer {
  private let records: [ExampleRecord]
  private let search: SearchConfig
  private let style: SolutionStyle
  private let request: TrainingRequest

  /// - Parameter limit: Problems traced; the validation split's first ones.
  init(_ request: TrainingRequest, style: SolutionStyle, limit: Int) throws {
    self.request = request
    self.style = style
    search = try SearchConfig(request.resolved)
    records = limit > 0 ? Array(try request.dataset.examples(.validation).prefix(limit)) : []
  }

  /// Appends one trace a problem; equal weights give equal lines.
  func trace(
    _ weights: Weights, stage: String, step: Int, runID: RunID, into ledger: NDJSONWriter
  ) throws -> (verified: Int, problems: Int) {
    let packed = InferenceWeights(weights, kernels: request.kernels, pool: ThreadPool(threads: 1))
    let planner = Planner(search, style: style, vocabulary: request.vocabulary) {
      ReasonerPolicy(packed)
    }
    let context = TraceContext(
      runID: runID.text, phase: "train", stage: stage, step: step, template: request.template)
    var verified = 0
    for record in records {
      let result = try planner.plan(
        PlanRequest(
          problem: record.content().problem, problemID: record.id, level: record.level, stepCount: record.stepCount,
          category: record.category, seed: 0))
      if result.plan != nil { verified += 1 }
      try ledger.append(result.trace(in: context))
    }
    return (verified, records.count)
  }
}
