import Runs
import Schemas
import Storage

/// The evaluations that stand beside a run, and who can judge their traces again.
///
/// The ledger's answers are claims. Whether a plan holds is asked of the plan itself, by the worlds' verifiers, which this
/// module does not know.
public struct StoredEvaluations: Sendable {
  /// Reads an evaluation by its id; nil where there is none of that name.
  let evaluation: @Sendable (_ id: PathComponent) throws -> StoredEvaluation?
  /// Everything wrong with a trace, judged from its record alone.
  let findings: @Sendable (TraceRecord) -> [String]

  public init(
    evaluation: @escaping @Sendable (_ id: PathComponent) throws -> StoredEvaluation?,
    findings: @escaping @Sendable (TraceRecord) -> [String]
  ) {
    self.evaluation = evaluation
    self.findings = findings
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
