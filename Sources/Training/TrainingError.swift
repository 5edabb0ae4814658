import Schemas

/// Why a training run cannot start, go on or be resumed.
public enum TrainingError: Error, Equatable {
  /// A loss, gradient or state that is NaN or infinite; the run stops before anything of it is saved.
  case notFinite(what: String, step: Int, lastCheckpoint: String?)
  /// A phase has no examples.
  case emptyPhase(id: String, stage: String)
  /// The curriculum takes more steps than codex can plan.
  case scheduleTooLong(steps: Int, limit: Int)
  /// A plan is longer than the model's positions.
  case planTooLong(tokens: Int, positions: Int)
  /// The dataset is not what the configuration says of it.
  case datasetMismatch(path: String, key: String, expected: String, got: String)
  /// A run cannot start from these weights.
  case badOrigin(path: String, problem: String)
  /// The run directory exists and no resume was asked for.
  case runExists(path: String)
  /// There is nothing to resume.
  case noSuchRun(path: String)
  /// The run was made under other conditions than those offered now.
  case resumeMismatch(path: String, what: String, expected: String, got: String)
  /// A checkpoint's files do not belong together.
  case badCheckpoint(path: String, problem: String)
  /// Interrupted from outside; a checkpoint at `step` was written.
  case cancelled(step: Int, checkpoint: String)
}

extension TrainingError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notFinite(let what, let step, let checkpoint):
      "training stopped at step \(step): \(what) is NaN or infinite. "
        + (checkpoint.map { "The last good checkpoint is \($0). " } ?? "No checkpoint had been written. ")
        + "Lower 'training.learning_rate' or 'training.max_grad_norm'."
    case .emptyPhase(let id, let stage):
      "curriculum phase '\(id)': the dataset's stage '\(stage)' has no examples. "
        + "Change the phase's 'categories' or steps, or materialise more problems."
    case .scheduleTooLong(let steps, let limit):
      "the curriculum takes \(steps) steps; allowed: \(limit) at this batch size. "
        + "Lower its 'epochs' or 'steps', or cut it with 'training.max_steps'."
    case .planTooLong(let tokens, let positions):
      "a plan of the dataset takes \(tokens) tokens, the model has \(positions) positions. "
        + "Raise 'model.max_position_embeddings'."
    case .datasetMismatch(let path, let key, let expected, let got):
      "\(path): '\(key)' is \(expected), of the dataset \(got). Set '\(key)=\(got)', or name another dataset."
    case .badOrigin(let path, let problem):
      "\(path): a run cannot start from these weights: \(problem), or leave 'training.init_from' out."
    case .runExists(let path):
      "\(path): this run exists. Change a setting such as 'training.seed', "
        + "or name a variant with 'training.output_dir=runs/<name>'."
    case .noSuchRun(let path):
      "\(path): no run to resume. Start one with 'codex train --template NAME'."
    case .resumeMismatch(let path, let what, let expected, let got):
      "\(path): cannot resume: \(what) was \(expected), now \(got). Restore it, or start a new run."
    case .badCheckpoint(let path, let problem):
      "\(path): \(problem). Remove this checkpoint to resume from the one before it."
    case .cancelled(let step, let checkpoint):
      "interrupted after step \(step); \(checkpoint) is complete. Go on with '--resume latest'."
    }
  }
}
