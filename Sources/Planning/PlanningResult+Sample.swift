import Schemas

extension PlanningResult {
  /// The result as one answer among many that figures are computed from.
  ///
  /// - Parameters:
  ///   - trace: The result's own trace.
  ///   - isSolvable: Whether the problem has a solution, so that the claim `unsolvable` is wrong.
  ///   - latencyMilliseconds: `nil` if the answer came too late to count as one.
  public func sample(
    trace: TraceRecord, isSolvable: Bool, latencyMilliseconds: Double?, failure: String? = nil
  ) -> SampleRecord {
    let isTrueClaim = trace.abstention == .unsolvable && !isSolvable
    return SampleRecord(
      problemID: request.problemID, world: request.problem.world.rawValue, level: request.level,
      category: request.category ?? "", mode: mode.rawValue, traceID: trace.traceID, verdict: trace.verdict,
      correct: trace.verdict == .verified || isTrueClaim, covered: TraceAudit.covers(trace),
      abstention: trace.abstention, planDigest: trace.planDigest, repaired: trace.repaired,
      modelEvaluations: modelEvaluations, latencyMilliseconds: latencyMilliseconds, failure: failure)
  }
}
