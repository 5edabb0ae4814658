import Runs
import Schemas
import Storage

/// The evaluations that stand beside a run, and who can judge their traces again: the ledger's answers are claims.
public struct StoredEvaluations: Sendable {
  /// Reads an evaluation by its id; nil where there is none of that name.
  let evaluation: @Sendable (_ id: PathComponent) throws -> StoredEvaluation?
  let judge: TraceJudge

  public init(
    evaluation: @escaping @Sendable (_ id: PathComponent) throws -> StoredEvaluation?, judgedBy judge: TraceJudge
  ) {
    self.evaluation = evaluation
    self.judge = judge
  }

  /// The evaluation that made a measurement; nil where it is not beside the run.
  ///
  /// - Parameter measurementID: `<run>/<evaluation>/<seconds>`.
  func evaluation(of measurementID: String) throws -> StoredEvaluation? {
    let parts = measurementID.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 3, let id = try? PathComponent(parsing: String(parts[1])) else { return nil }
    return try evaluation(id)
  }
}
