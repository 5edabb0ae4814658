import Datasets
import Planning
import Plans
import Reasoner
import Schemas
import Storage
import Tensors
import Worlds

/// A run as an evaluation reads it: its metadata, its newest model, and the dataset it was trained on.
public struct EvaluatedRun: Sendable {
  public let metadata: RunMetadata
  public let subject: EvaluationSubject
  public let dataset: Dataset

  static let metadataName: StoragePath = "run_metadata.json"
  static let stateName: StoragePath = "state.json"

  /// Opens a run and checks every byte that its scores would rest on: each file of the checkpoint and of the dataset, and
  /// that they are the ones that the metadata names.
  ///
  /// - Parameters:
  ///   - run: The run's directory in `workspace`, links resolved.
  ///   - kernels: Used by every thread's policy.
  /// - Throws: `EvaluationError.noCheckpoint`, `EvaluationError.mismatch`, `StorageError`, `ReasonerError`.
  public init(
    _ run: StoragePath, in workspace: StorageRoot, vocabulary: PlanVocabulary, kernels: any Kernels
  ) throws {
    let name = workspace.name(run)
    let metadata = try workspace.read(RunMetadata.self, at: run.appending(Self.metadataName))
    self.metadata = metadata
    guard let checkpointText = metadata.checkpoint, let weightsDigest = metadata.weightsDigest else {
      throw EvaluationError.noCheckpoint(run: name, status: metadata.status.rawValue)
    }
    let checkpoint = run.appending(try StoragePath(parsing: checkpointText))
    let state = try workspace.read(CheckpointState.self, at: checkpoint.appending(Self.stateName))
    try workspace.verify(state.files, in: checkpoint, besides: [Self.stateName])
    let stored = state.files.first { $0.path == ModelFolder.weightsName.description }?.digest
    dataset = try Dataset(at: StoragePath(parsing: metadata.dataset), in: workspace)
    let styleName = dataset.manifest.style
    guard let style = SolutionStyle(rawValue: styleName) else {
      let known = SolutionStyle.allCases.map(\.rawValue).joined(separator: ", ")
      throw EvaluationError.mismatch(
        run: name, what: "the dataset's style", expected: "one of \(known)", got: styleName)
    }
    let demands = [
      ("the checkpoint's weights", weightsDigest.description, stored?.description ?? "none"),
      ("the checkpoint's configuration", metadata.configDigest.description, state.configDigest.description),
      ("the dataset", metadata.datasetDigest.description, dataset.manifest.contentDigest.description),
    ]
    for (what, expected, got) in demands where expected != got {
      throw EvaluationError.mismatch(run: name, what: what, expected: expected, got: got)
    }
    let packed = InferenceWeights(
      try ModelFolder.load(checkpoint, in: workspace, vocabulary: vocabulary), kernels: kernels,
      pool: ThreadPool(threads: 1))
    subject = EvaluationSubject(
      runID: metadata.runID, template: metadata.template, runConfigDigest: metadata.configDigest,
      weightsDigest: weightsDigest, weightsFormat: "\(packed.format)", style: style, vocabulary: vocabulary
    ) { ReasonerPolicy(packed) }
  }
}
