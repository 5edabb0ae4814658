import Plans
import Schemas
import Storage

/// Where a trace was taken.
public struct TraceContext: Sendable {
  /// The run whose model planned, where there is one.
  public let runID: String?
  /// `train`, `evaluate` or `plan`.
  public let phase: String
  /// Curriculum phase of a training trace.
  public let stage: String?
  /// Optimizer step of a training trace.
  public let step: Int?
  public let template: String?
  /// The dataset that the problems are from, where they are from one.
  public let dataset: PinnedName?
  /// Digest of the model's weights, where they are settled.
  public let weightsDigest: Digest?

  public init(
    runID: String?, phase: String, stage: String? = nil, step: Int? = nil, template: String? = nil,
    dataset: PinnedName? = nil, weightsDigest: Digest? = nil
  ) {
    self.runID = runID
    self.phase = phase
    self.stage = stage
    self.step = step
    self.template = template
    self.dataset = dataset
    self.weightsDigest = weightsDigest
  }
}

extension PlanningResult {
  /// The result as a record. Equal requests in equal contexts give equal records, ids included.
  public func trace(in context: TraceContext) -> TraceRecord {
    let abstention: TraceRecord.Abstention? = if case .abstained(let reason) = outcome { reason } else { nil }
    let problem = request.problem
    return TraceRecord(
      traceID: traceID(in: context), runID: context.runID, phase: context.phase, stage: context.stage,
      step: context.step, template: context.template,
      problem: TraceRecord.Problem(
        id: request.problemID, world: problem.world.rawValue, goal: problem.goal.canonicalText, level: request.level,
        stepCount: request.stepCount, category: request.category),
      mode: mode.rawValue, seed: request.seed, budget: search.budget, search: search.settingsText,
      dataset: context.dataset?.description, weightsDigest: context.weightsDigest,
      verdict: plan == nil ? .abstained : .verified, abstention: abstention,
      plan: plan?.text, planDigest: plan?.digest, nodeCount: plan?.tree.nodeCount,
      outcome: plan?.tree.outcome ?? (abstention == .unsolvable ? "unsolvable" : nil),
      refused: refused?.tree.canonicalText,
      findings: (refused?.findings ?? []).map {
        TraceRecord.Finding(path: $0.path.description, rule: $0.rule, message: $0.message)
      },
      repaired: isRepaired, modelEvaluations: modelEvaluations, logProbability: plan?.logProbability)
  }

  /// Digest over everything that the plan follows from, a line each, cut to 32 digits.
  private func traceID(in context: TraceContext) -> String {
    let parts = [
      context.runID ?? "", context.phase, context.stage ?? "", context.step.map(String.init) ?? "",
      request.problemID.description, mode.rawValue, String(request.seed), String(search.budget),
      search.settingsText, context.dataset?.description ?? "", context.weightsDigest?.description ?? "",
    ]
    return String(Digest(of: parts.joined(separator: "\n")).hexadecimal.prefix(32))
  }
}
