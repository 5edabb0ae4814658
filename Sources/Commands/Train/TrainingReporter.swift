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
      progress.update(step.step, of: step.totalSteps, Self.text(step.figures))
    case .checkpoint(_, let path): talk.detail("wrote \(path)")
    case .traced(let stage, let verified, let problems):
      if problems > 0 { talk.say("phase \(stage): \(verified) of \(problems) held-out plans verified") }
    }
  }

  private static func text(_ figures: [SignalFigure]) -> String {
    figures.compactMap { figure in
      figure.label.map {
        "\($0) " + (figure.isShare ? Decimal.percent(figure.value) : Decimal.text(figure.value, places: 4))
      }
    }.joined(separator: ", ")
  }

  /// Removes the bar.
  func finish() { progress.finish() }
}
