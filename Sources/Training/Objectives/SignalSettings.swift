import Composition
import Reasoner

/// Which signal a run learns from, with its settings.
public enum SignalSettings: Equatable, Sendable {
  case supervised(SupervisedSettings)

  /// What `training.signal` may say: TRL's names of its trainers.
  private enum Name: String, CaseIterable {
    case sft
  }

  /// - Parameter lesson: What there is to learn from.
  public func signal(for lesson: Lesson) -> any TrainingSignal {
    switch self {
    case .supervised(let settings): SupervisedSignal(lesson, settings: settings)
    }
  }

  init(_ read: inout ConfigReader) {
    let name: Name = read.enumeration("training.signal", default: .sft)
    switch name {
    case .sft: self = .supervised(SupervisedSettings(&read))
    }
  }
}

/// What a signal is made from: the examples, when each is visited, and the model that learns.
public struct Lesson {
  let corpus: TrainingCorpus
  let schedule: VisitSchedule
  /// Changes from step to step.
  let weights: Weights
  let seed: UInt64
}
