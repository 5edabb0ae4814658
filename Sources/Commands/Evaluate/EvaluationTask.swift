import Evaluation

/// One evaluation with its progress.
struct EvaluationTask {
  let subject: EvaluationSubject
  let settings: EvaluationConfig
  let machine: Machine

  func run(on problems: ProblemSet, in session: Session) throws -> EvaluationResult {
    let evaluator = Evaluator(subject, config: settings, pool: machine.pool, monotonic: WallClock.monotonic)
    // SAFETY: the evaluator reports from one thread at a time, while this thread waits for it.
    nonisolated(unsafe) let progress = session.progress("evaluating")
    defer { progress.finish() }
    let answers = try evaluator.run(
      problems,
      reporting: { state in
        let share = Decimal.percent(Double(state.correctInMode) / Double(max(1, state.doneInMode)))
        progress.update(state.done, of: state.total, "\(state.mode.rawValue): \(share) right")
      }, isCancelled: { Interruption.isRequested })
    return EvaluationResult(subject: subject, config: settings, problems: problems, answers: answers)
  }
}
