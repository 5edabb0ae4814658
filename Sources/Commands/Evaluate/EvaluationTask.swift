import Evaluation
import Reasoner
import Storage

/// One evaluation with its progress.
struct EvaluationTask {
  private let model: StoredModel
  private let settings: EvaluationConfig
  private let machine: Machine

  init(_ model: StoredModel, _ settings: EvaluationConfig, _ machine: Machine) {
    self.model = model
    self.settings = settings
    self.machine = machine
  }

  func run(on problems: ProblemSet, in session: Session) throws -> EvaluationResult {
    let (weights, kernels) = (model.weights, machine.kernels)
    let subject = EvaluationSubject(
      runID: model.run.metadata.runID, template: model.run.metadata.template,
      runConfigDigest: model.run.metadata.configDigest, weightsDigest: model.weightsDigest, style: model.style,
      vocabulary: model.vocabulary, makePolicy: { ReasonerPolicy(weights, kernels: kernels) })
    let evaluator = Evaluator(
      subject, config: settings, pool: machine.pool, monotonic: WallClock.monotonic)
    // SAFETY: the evaluator reports from one thread at a time, while this thread waits for it.
    nonisolated(unsafe) let progress = session.progress("evaluating")
    defer { progress.finish() }
    let answers = try evaluator.run(problems, isCancelled: { Interruption.isRequested }) { state in
      let share = Decimal.percent(Double(state.correctInMode) / Double(max(1, state.doneInMode)))
      progress.update(state.done, of: state.total, "\(state.mode.rawValue): \(share) right")
    }
    return EvaluationResult(subject: subject, config: settings, problems: problems, answers: answers)
  }
}
