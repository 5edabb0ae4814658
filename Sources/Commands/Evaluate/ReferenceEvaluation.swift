import Evaluation
import Runs
import Schemas
import Storage

/// What a run answered before to the problems that another is asked now.
struct ReferenceEvaluation {
  let summary: EvaluationSummary
  let samples: [SampleRecord]

  /// - Parameters:
  ///   - run: Its id, its directory or `latest`.
  ///   - config: Digest of the evaluation's configuration, which must have been the same.
  /// - Throws: `RunError.missing`, `EvaluationError.nothingToCompare`, `StorageError`.
  init(of run: String, on problems: ProblemSet, config: Digest, in workspace: StorageRoot) throws {
    let run = try StoredRun(at: RunCatalog(in: workspace).path(run), in: workspace)
    let store = EvaluationStore(run.path, in: workspace)
    summary = try store.newest(on: problems, config: config, weights: run.metadata.weightsDigest)
    samples = try store.catalog.samples(of: PathComponent(parsing: summary.evaluationID))
  }
}
