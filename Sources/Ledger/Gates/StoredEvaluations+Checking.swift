import Runs
import Schemas

extension StoredEvaluations {
  /// Throws unless every answer of `measurement` is one that the evaluation's own files hold, and its trace, judged again,
  /// says the same.
  func check(_ measurement: Measurement) throws(GateRefusal) {
    let id = measurement.record.measurementID
    let stored = try presentEvaluation(of: id)
    guard stored.summary.measurementID == id else {
      throw GateRefusal(
        .disagreesWithTraces,
        "the files of measurement \(id) are of \(stored.summary.measurementID). Restore them, or measure again.")
    }
    let samples = stored.samples.filter { $0.mode == measurement.record.mode }
    guard samples == measurement.items.map(\.sample) else {
      throw GateRefusal(
        .disagreesWithTraces,
        "the answers in the ledger are not those of the files of measurement \(id). Measure again.")
    }
    var traces: [String: TraceRecord] = [:]
    for trace in stored.traces { traces[trace.traceID] = trace }
    for sample in samples {
      let trace = sample.traceID.flatMap { traces[$0] }
      if let fault = fault(in: sample, trace, of: measurement.record.identity) {
        throw GateRefusal(
          fault.reason, "problem \(sample.problemID) of measurement \(id): \(fault.message) Measure again.")
      }
    }
  }

  private func presentEvaluation(of measurementID: String) throws(GateRefusal) -> StoredEvaluation {
    let found: StoredEvaluation?
    do { found = try evaluation(of: measurementID) } catch {
      throw GateRefusal(.noTraces, "the files of measurement \(measurementID) cannot be read: \(error)")
    }
    guard let found else {
      throw GateRefusal(
        .noTraces,
        "the evaluation of measurement \(measurementID) is not beside its run: its answers cannot be judged again. "
          + "Keep evaluations/ with the run, or measure again.")
    }
    return found
  }

  /// What is wrong with an answer, by its trace; nil if nothing is.
  private func fault(in sample: SampleRecord, _ trace: TraceRecord?, of identity: MetricIdentity) -> GateRefusal? {
    guard let trace else {
      let claims = sample.correct || sample.covered || sample.traceID != nil || sample.failure == nil
      return claims ? GateRefusal(.noTraces, "the answer has no trace.") : nil
    }
    if let first = judge.findings(trace).first {
      return GateRefusal(.traceNotSound, "its trace does not hold: \(first).")
    }
    let isVerified = trace.verdict == .verified
    let isCorrect = isVerified || trace.abstention == .unsolvable && judge.isUnsolvable(trace)
    let demands: [(String, Bool)] = [
      ("run_id", trace.runID == identity[.run]),
      ("weights_digest", trace.weightsDigest?.description == identity[.weights]),
      ("dataset", trace.dataset == identity[.dataset]), ("budget", trace.budget.map(String.init) == identity[.budget]),
      ("search", trace.search == identity[.search]), ("seed", String(trace.seed) == identity[.seed]),
      ("problem", trace.problem.id == sample.problemID),
      ("world", trace.problem.world == sample.world), ("level", trace.problem.level == sample.level),
      ("mode", trace.mode == sample.mode), ("verdict", trace.verdict == sample.verdict),
      ("abstention", trace.abstention == sample.abstention), ("plan_digest", trace.planDigest == sample.planDigest),
      ("covered", sample.covered == isVerified), ("correct", sample.correct == isCorrect),
      ("repaired", sample.repaired == trace.repaired),
      ("model_evaluations", sample.modelEvaluations == trace.modelEvaluations),
    ]
    guard let (key, _) = demands.first(where: { !$0.1 }) else { return nil }
    return GateRefusal(.disagreesWithTraces, "'\(key)' of the answer is not what its trace says.")
  }
}
