import Datasets
import Evaluation
import Planning
import Plans
import Reasoner
import Runs
import Schemas
import Storage
import Tensors
import Testing
import Worlds

@Suite struct EvaluatedRunTests {  // Sources/Evaluation/EvaluatedRun.swift
  private let run: StoragePath = "runs/r"
  private let data: StoragePath = "data"

  /// A run of an untrained model, as training leaves it behind.
  private func makeRun(
    in workspace: TemporaryWorkspace, hasCheckpoint: Bool = true, weightsDigest: Digest? = nil
  ) throws {
    let root = workspace.root
    let dataset = try Materializer.materialize(
      DatasetConfig(preset: "tests", world: .countdown, sizes: [.train: 8, .validation: 2, .test: 5], seed: 1),
      at: data,
      in: root)
    let checkpoint: StoragePath = "checkpoints/step-0000001"
    let weights = Weights.initial(
      try ModelShape(
        layers: 1, width: 8, heads: 2, kvHeads: 1, feedForward: 8, vocabulary: Fixture.vocabulary.count, positions: 160),
      seed: 1)
    let config = Digest(of: "run config")
    try root.makeDirectory(run.appending(checkpoint.parent))
    var stored: Digest?
    try root.publishDirectory(run.appending(checkpoint)) { staging in
      try ModelFolder.write(weights, vocabulary: Fixture.vocabulary, into: staging)
      stored = staging.entries.first { $0.path == "model.safetensors" }?.digest
      try staging.seal(
        "state.json",
        manifest: CheckpointState(
          step: 1, phase: "a", configDigest: config, datasetDigest: dataset.contentDigest, numericsFingerprint: "n",
          numTokens: 1, pending: [:], metricsByteCount: 0, tracesByteCount: 0, files: staging.entries))
    }
    let metadata = RunMetadata(
      runID: "r", template: "countdown", status: .completed, startedAt: 1, updatedAt: 2, codexVersion: "0",
      configDigest: config, datasetDigest: dataset.contentDigest, dataset: "data", seed: 0, worlds: ["countdown"],
      parameterCount: weights.layout.count, totalSteps: 1, step: 1, stages: [],
      checkpoint: hasCheckpoint ? checkpoint.description : nil, weightsDigest: weightsDigest ?? stored,
      numericsFingerprint: "n", rolloutRing: "0A_base_", owner: "o", evaluationPreset: "e", deploymentPreset: "d",
      performance: nil)
    try root.atomicReplace(run.appending("run_metadata.json"), record: metadata)
  }

  private func open(_ workspace: TemporaryWorkspace) throws -> EvaluatedRun {
    try EvaluatedRun(run, in: workspace.root, vocabulary: Fixture.vocabulary, kernels: ReferenceKernels())
  }

  @Test func init_opensARunAndItsModelAnswers() throws {
    let workspace = try TemporaryWorkspace()
    try makeRun(in: workspace)
    let opened = try open(workspace)
    #expect(opened.subject.runID == "r" && opened.subject.style == .actions)
    let problems = try ProblemSet(.test, of: opened.dataset, limit: 3)
    let evaluator = Evaluator(
      opened.subject, config: Fixture.config([.greedy], budget: 80), pool: ThreadPool(threads: 2), monotonic: { 0 })
    let samples = try evaluator.run(problems).map(\.sample)
    #expect(samples.count == 3)
    #expect(samples.allSatisfy { $0.failure == nil && $0.modelEvaluations > 0 })
  }

  @Test func init_refusesARunWithoutACheckpoint() throws {
    let workspace = try TemporaryWorkspace()
    try makeRun(in: workspace, hasCheckpoint: false)
    #expect(throws: RunError.noCheckpoint(run: "r", status: "completed")) { try open(workspace) }
  }

  @Test func init_refusesWeightsThatTheMetadataDoesNotName() throws {
    let workspace = try TemporaryWorkspace()
    try makeRun(in: workspace, weightsDigest: Digest(of: "other weights"))
    #expect(throws: RunError.self) { try open(workspace) }
  }

  /// One byte changed in each file that a score rests on.
  @Test(arguments: [
    "runs/r/checkpoints/step-0000001/model.safetensors", "runs/r/checkpoints/step-0000001/config.json",
    "runs/r/checkpoints/step-0000001/tokenizer.json", "data/test.ndjson", "data/dataset_manifest.json",
  ]) func init_refusesACorruptedFile(path: String) throws {
    let workspace = try TemporaryWorkspace()
    try makeRun(in: workspace)
    let file = try StoragePath(parsing: path)
    var bytes = try workspace.root.read(file, limit: 1 << 24)
    bytes[bytes.count / 2] ^= 1
    try workspace.root.atomicReplace(file, bytes)
    #expect(throws: StorageError.self) { try open(workspace) }
  }

  @Test func problemSet_refusesAnEmptySplit() throws {
    let workspace = try TemporaryWorkspace()
    try Materializer.materialize(
      DatasetConfig(preset: "tests", world: .countdown, sizes: [.train: 2], seed: 1), at: data, in: workspace.root)
    let dataset = try Dataset(at: data, in: workspace.root)
    #expect(throws: EvaluationError.noProblems(dataset: "tests", split: "test")) {
      try ProblemSet(.test, of: dataset, limit: 5)
    }
  }
}
