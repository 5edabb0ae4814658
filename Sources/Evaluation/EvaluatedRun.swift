import Datasets
import Planning
import Plans
import Reasoner
import Runs
import Schemas
import Storage
import Tensors
import Worlds

/// A run as an evaluation reads it: its metadata, its newest model, and the dataset it was trained on.
public struct EvaluatedRun: Sendable {
  public let metadata: RunMetadata
  public let subject: EvaluationSubject
  public let dataset: Dataset

  /// Opens a run and checks every byte that its scores would rest on: each file of the checkpoint and of the dataset, and
  /// that they are the ones that the metadata names.
  ///
  /// - Parameters:
  ///   - run: The run's directory in `workspace`, links resolved.
  ///   - vocabulary: What this build knows; the model's own may be less.
  ///   - kernels: Used by every thread's policy.
  /// - Throws: `RunError.noCheckpoint`, `RunError.mismatch`, `StorageError`, `ReasonerError`.
  public init(
    _ run: StoragePath, in workspace: StorageRoot, vocabulary: PlanVocabulary, kernels: any Kernels
  ) throws {
    let stored = try StoredRun(at: run, in: workspace)
    metadata = stored.metadata
    let checkpoint = try stored.checkpoint()
    dataset = try Dataset(at: StoragePath(parsing: metadata.dataset), in: workspace)
    guard dataset.manifest.contentDigest == metadata.datasetDigest else {
      throw RunError.mismatch(
        run: workspace.name(run), what: "the dataset", expected: metadata.datasetDigest.description,
        got: dataset.manifest.contentDigest.description)
    }
    guard let style = SolutionStyle(rawValue: dataset.manifest.style) else {
      let known = SolutionStyle.allCases.map(\.rawValue).joined(separator: ", ")
      throw RunError.mismatch(
        run: workspace.name(run), what: "the dataset's style", expected: "one of \(known)", got: dataset.manifest.style)
    }
    let model = try ModelFolder.load(checkpoint.path, in: workspace, vocabulary: vocabulary)
    let packed = InferenceWeights(model.weights, kernels: kernels, pool: ThreadPool(threads: 1))
    subject = EvaluationSubject(
      runID: metadata.runID, template: metadata.template, runConfigDigest: metadata.configDigest,
      weightsDigest: checkpoint.weightsDigest, weightsFormat: "\(packed.format)", style: style,
      vocabulary: model.vocabulary
    ) { ReasonerPolicy(packed) }
  }
}
