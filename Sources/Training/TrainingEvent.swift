import Schemas

/// What a run tells its caller while it works.
public enum TrainingEvent: Sendable {
  /// The run directory stands; training goes on after `resumedFrom` steps.
  case started(RunMetadata, resumedFrom: Int)
  /// A checkpoint that an interruption or a fault left unusable; the one before it is tried.
  case skippedCheckpoint(path: String, reason: String)
  /// A directory stood where the link to the newest run belongs; it was given a name of its own.
  case movedAside(path: String, to: String)
  /// An optimizer step was taken.
  case step(TrainingProgress)
  /// A checkpoint is on disk.
  case checkpoint(step: Int, path: String)
  /// Plans of held-out problems were traced at the end of a phase.
  case traced(stage: String, verified: Int, problems: Int)
}

/// Where a run stands after a step.
public struct TrainingProgress: Sendable {
  /// Optimizer steps taken.
  public let step: Int
  public let totalSteps: Int
  public let phase: String
  /// The signal's, of this step.
  public let figures: [SignalFigure]
  /// Tokens since this process started.
  public let tokens: Int
  /// Seconds since this process's first step.
  public let elapsedSeconds: Double
}
