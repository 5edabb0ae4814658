import Evaluation
import Schemas
import Storage

/// What a run answered before to the problems that another is asked now.
struct ReferenceEvaluation {
  let summary: EvaluationSummary
  let samples: [SampleRecord]

  /// - Parameters:
  ///   - run: Its id, its directory or `latest`.
  ///   - config: Digest of the evaluation's configuration, which must have been the same.
  /// - Throws: `MissingRun`, `EvaluationError.nothingToCompare`, `StorageError`.
  init(of run: String, on problems: ProblemSet, config: Digest, in workspace: StorageRoot) throws {
    let store = EvaluationStore(try RunDirectory.path(run, in: workspace), in: workspace)
    summary = try store.newest(on: problems, config: config)
    samples = try store.samples(of: summary)
  }
}
