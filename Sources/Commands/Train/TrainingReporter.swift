import Training

/// Turns a run's events into progress and talk.
final class TrainingReporter {
  private let talk: Talk
  private let progress: Progress

  init(_ session: Session) {
    talk = session.talk
    progress = session.progress("training")
  }

  func report(_ event: TrainingEvent) {
    switch event {
    case .started(let metadata, let step):
      let start = step > 0 ? ", going on after step \(step)" : ""
      talk.say("run \(metadata.runID): \(metadata.parameterCount) parameters, \(metadata.totalSteps) steps\(start)")
    case .skippedCheckpoint(let path, let reason): talk.warn("\(path) is passed over: \(reason)")
    case .movedAside(let path, let new):
      talk.warn("\(path) was a directory, as archives restore a link; it is called \(new) now")
    case .step(let step):
      let figures = "loss \(Decimal.text(step.loss, places: 4)), tokens right \(Decimal.percent(step.tokenAccuracy))"
      progress.update(step.step, of: step.totalSteps, figures)
    case .checkpoint(_, let path): talk.detail("wrote \(path)")
    case .traced(let stage, let verified, let problems):
      if problems > 0 { talk.say("phase \(stage): \(verified) of \(problems) held-out plans verified") }
    }
  }

  /// Removes the bar.
  func finish() { progress.finish() }
}
