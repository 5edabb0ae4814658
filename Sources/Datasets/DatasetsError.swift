/// Why a dataset cannot be made or used.
public enum DatasetsError: Error, Hashable, Sendable {
  /// The generator found no new problem in so many draws.
  case exhausted(preset: String, split: Split, found: Int, wanted: Int, draws: Int)
  /// Training examples that no stage of the curriculum takes.
  case unassigned(count: Int, example: String, category: String, stepCount: Int)
  /// Rows of an import; all of them, in order.
  case refusedRows(source: String, rows: [RowProblem])
  case unusable(path: String, findings: [DatasetFinding])
  /// Nothing stands where a configuration says that a dataset is.
  case missing(path: String)
  /// What is to be replaced is no dataset, or holds more than one.
  case notADataset(path: String, reason: String)
  /// What stands in a dataset's directory belongs to it.
  case insideADataset(path: String, dataset: String)
  case foreignRecord(id: String, expected: String, got: String)

  /// What is wrong with one row of an import.
  public struct RowProblem: Hashable, Sendable {
    /// From 1.
    public let line: Int
    public let reason: String
  }
}

extension DatasetsError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .exhausted(let preset, let split, let found, let wanted, let draws):
      "dataset '\(preset)': expected \(wanted) different problems for \(split.rawValue), found \(found), and "
        + "none new in \(draws) draws. Ask for fewer (dataset.sizes.\(split.rawValue)) or for more levels (dataset.levels)."
    case .unassigned(let count, let example, let category, let stepCount):
      "curriculum: no stage takes \(count) examples, first \(example) (category \(category), \(stepCount) steps). "
        + "Add the category to a stage of curriculum.phase_schedule or widen its min_steps…max_steps."
    case .refusedRows(let source, let rows):
      "\(source): \(rows.count) row\(rows.count == 1 ? "" : "s") cannot be verified, nothing was imported. "
        + "Correct or remove \(rows.count == 1 ? "it" : "them"):"
        + rows.prefix(50).map { "\n  line \($0.line): \($0.reason)" }.joined()
        + (rows.count > 50 ? "\n  … and \(rows.count - 50) more" : "")
    case .unusable(let path, let findings):
      "\(path): the dataset is not what its manifest says. Materialize it again:"
        + findings.prefix(20).map { "\n  \($0)" }.joined()
        + (findings.count > 20 ? "\n  … and \(findings.count - 20) more" : "")
    case .missing(let path):
      "\(path): no dataset is there, as 'dataset.path' says. Make one with 'codex datasets import FILE --output \(path)', "
        + "or leave 'dataset.path' out."
    case .notADataset(let path, let reason):
      "\(path): only a dataset may be replaced, and \(reason). Nothing was touched; name another directory."
    case .insideADataset(let path, let dataset):
      "\(path): it lies in the dataset \(dataset), which would not be whole any more. Name a directory outside of it."
    case .foreignRecord(let id, let expected, let got):
      "example \(id): expected \(expected), got \(got). Materialize the dataset again."
    }
  }
}
