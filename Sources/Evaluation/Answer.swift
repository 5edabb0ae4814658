import Planning
import Schemas

/// What one mode made of one problem.
public struct Answer: Sendable {
  public let sample: SampleRecord
  /// `nil` where planning failed.
  public let trace: TraceRecord?

  /// The answer that `result` gives to `problem`.
  init(_ result: PlanningResult, to problem: EvaluationProblem, trace: TraceRecord, latencyMilliseconds: Double) {
    let isTrueClaim = trace.abstention == .unsolvable && !problem.isSolvable
    sample = SampleRecord(
      problemID: problem.id, world: problem.problem.world.rawValue, level: problem.level, category: problem.category,
      mode: result.mode.rawValue, traceID: trace.traceID, verdict: trace.verdict,
      correct: trace.verdict == .verified || isTrueClaim, covered: TraceAudit.covers(trace),
      abstention: trace.abstention, planDigest: trace.planDigest, repaired: trace.repaired,
      modelEvaluations: result.modelEvaluations, latencyMilliseconds: latencyMilliseconds, failure: nil)
    self.trace = trace
  }

  /// The answer where planning failed: wrong, not covered, infinitely late.
  init(failure: any Error, on problem: EvaluationProblem, mode: PlanningMode) {
    sample = SampleRecord(
      problemID: problem.id, world: problem.problem.world.rawValue, level: problem.level, category: problem.category,
      mode: mode.rawValue, traceID: nil, verdict: nil, correct: false, covered: false, abstention: nil,
      planDigest: nil, repaired: false, modelEvaluations: 0, latencyMilliseconds: nil, failure: "\(failure)")
    trace = nil
  }
}
