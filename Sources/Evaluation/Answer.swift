import Planning
import Schemas

/// What one mode made of one problem.
public struct Answer: Sendable {
  public let sample: SampleRecord
  /// `nil` where planning failed.
  public let trace: TraceRecord?

  /// The answer that `result` gives to `problem`.
  init(_ result: PlanningResult, to problem: EvaluationProblem, trace: TraceRecord, latencyMilliseconds: Double) {
    sample = result.sample(
      trace: trace, isSolvable: problem.isSolvable, latencyMilliseconds: latencyMilliseconds)
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
