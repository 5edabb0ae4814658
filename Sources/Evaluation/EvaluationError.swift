/// Why an evaluation or a comparison cannot be made. A missing answer is an error, never a score.
public enum EvaluationError: Error, Hashable, Sendable {
  case noProblems(dataset: String, split: String)
  /// The frozen dataset is not in the workspace.
  case noDataset(path: String, preset: String)
  /// What stands in the frozen dataset's place has other contents.
  case otherDataset(path: String, preset: String, expected: String, got: String, gotPreset: String)
  /// Stopped before every problem was asked; nothing was published.
  case interrupted(done: Int, total: Int)
  /// Two runs were not asked the same problems in a mode.
  case differentProblems(mode: String, onlyCandidate: Int, onlyReference: Int)
  /// The reference run has no evaluation on these problems.
  case nothingToCompare(reference: String, found: Int)
}

extension EvaluationError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noProblems(let dataset, let split):
      "\(dataset): the split '\(split)' has no problems; expected at least one. "
        + "Materialize the dataset with dataset.sizes.\(split) above 0."
    case .noDataset(let path, let preset):
      "\(path): no such dataset. Regenerate it with 'codex datasets materialize --preset \(preset) --output \(path)'."
    case .otherDataset(let path, let preset, let expected, let got, let gotPreset):
      "\(path): expected the dataset \(preset) with contents \(expected), got \(gotPreset) with \(got). Restore it, or "
        + "regenerate it with 'codex datasets materialize --preset \(preset) --output \(path) --force'."
    case .interrupted(let done, let total):
      "evaluation interrupted after \(done) of \(total) answers; nothing was written. Run it again."
    case .differentProblems(let mode, let onlyCandidate, let onlyReference):
      "win rate in mode '\(mode)': the runs were asked different problems (\(onlyCandidate) only here, \(onlyReference) only "
        + "there). Evaluate both on the same dataset, split and max_problems."
    case .nothingToCompare(let reference, let found):
      "\(reference): none of its \(found) evaluations is on these problems. "
        + "Evaluate it first with the same configuration."
    }
  }
}
