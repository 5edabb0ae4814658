import Schemas
import Storage

/// A completed run and its dataset on disk, with files of a few bytes: what evaluation, bundles and deployment read.
///
/// The weights are no tensors: nothing can plan with them.
public struct StoredRunFixture {
  public var runID = "baseline-0123456789ab"
  public var template = "baseline"
  public var status = RunMetadata.Status.completed
  public var weights = Array("weights".utf8)
  public var config = "seed: 1\n"
  /// Of the resolved configuration, hence of its canonical JSON.
  public var configDigest = Digest(of: #"{"seed":1}"#)
  /// Ids of evaluations of these weights.
  public var evaluations = ["test-00000000000a"]
  /// Examples of each split that there are.
  public var sizes: [(split: String, count: Int)] = [("train", 4), ("validation", 3), ("test", 2)]
  public var ledgerHead: LedgerHead?

  public init() {}

  public var path: StoragePath { "runs/train_loop" + [runID] }
  public var dataset: StoragePath { "datasets/fixture" + [runID] }
  public var weightsDigest: Digest { Digest(of: weights) }

  /// Writes everything below `root`.
  public func write(in root: StorageRoot) throws {
    let datasetDigest = try writeDataset(in: root)
    let checkpoint: StoragePath = "checkpoints/step-000000010"
    try root.makeDirectory(path)
    try root.makeDirectory(path.appending("checkpoints"))
    try root.publishDirectory(path.appending(checkpoint), replacing: true) { staging in
      try staging.write("model.safetensors", weights)
      try staging.write("config.json", Array("{}\n".utf8))
      try staging.write("tokenizer.json", Array("[]\n".utf8))
      try staging.seal(
        "state.json",
        manifest: CheckpointState(
          step: 10, phase: "all", configDigest: configDigest, datasetDigest: datasetDigest, numericsFingerprint: "test",
          numTokens: 1,
          pending: [:], metricsByteCount: 0, tracesByteCount: 0, files: staging.entries))
    }
    try root.atomicReplace(path.appending("config.yaml"), Array(config.utf8))
    for id in evaluations { try writeEvaluation(id, datasetDigest, in: root) }
    try root.atomicReplace(
      path.appending("run_metadata.json"), record: metadata(checkpoint: checkpoint, datasetDigest: datasetDigest))
  }

  private func metadata(checkpoint: StoragePath, datasetDigest: Digest) -> RunMetadata {
    RunMetadata(
      runID: runID, template: template, status: status, startedAt: 1, updatedAt: 2, codexVersion: "0.0.1",
      configDigest: configDigest, datasetDigest: datasetDigest, dataset: dataset.description, seed: 7,
      worlds: ["arithmetic"], parameterCount: 1, totalSteps: 10, step: 10, stages: [],
      checkpoint: checkpoint.description,
      weightsDigest: weightsDigest, numericsFingerprint: "test", rolloutRing: "alpha", owner: "tests",
      evaluationPreset: "reasoning", deploymentPreset: "reasoning_pod", performance: nil, ledgerHead: ledgerHead)
  }

  private func writeEvaluation(_ id: String, _ datasetDigest: Digest, in root: StorageRoot) throws {
    let directory = path.appending("evaluations").appending(try StoragePath(parsing: id))
    try root.makeDirectory(directory)
    try root.atomicReplace(
      directory.appending("summary.json"),
      record: EvaluationSummary(
        evaluationID: id, runID: runID, template: template, recordedAt: 3, codexVersion: "0.0.1", split: "test",
        problemCount: 2, problemSetDigest: Digest(of: "problems"), seed: 1, threads: 1, runConfigDigest: configDigest,
        evaluationConfigDigest: Digest(of: "evaluation"), weightsDigest: weightsDigest, datasetDigest: datasetDigest,
        modes: [], winRates: []))
  }

  /// - Returns: The dataset's content digest.
  private func writeDataset(in root: StorageRoot) throws -> Digest {
    var content = DigestStream()
    try root.makeDirectory(dataset.parent)
    try root.publishDirectory(dataset, replacing: true) { staging in
      var files: [SplitStatsRecord.File] = []
      for (split, count) in sizes {
        let lines: [UInt8] = try (0..<count).flatMap { try RecordEncoder().bytes(of: Self.example($0, split)) + [0x0A] }
        content.update(lines)
        let entry = try staging.write(StoragePath(parsing: split + ".ndjson"), lines)
        files.append(
          SplitStatsRecord.File(
            path: entry.path, split: split, stage: nil, digest: entry.digest, count: count, categories: [:],
            levels: [:],
            stepStats: .init(minimum: 0, maximum: 0, average: 0, distribution: [:])))
      }
      try staging.write(
        "split_stats.json",
        record: SplitStatsRecord(
          partition: .init(strategy: "single", rules: []), files: files, totalCategoryCounts: [:]))
      try staging.seal(
        "dataset_manifest.json",
        manifest: DatasetManifestRecord(
          preset: "reasoning/fixture", worlds: ["arithmetic"], style: "actions", seed: 1, levels: ["arithmetic": [1]],
          generatorVersion: 1,
          contentDigest: content.finish(), exampleCount: sizes.reduce(0) { $0 + $1.count }, source: nil,
          files: staging.entries))
    }
    return content.finish()
  }

  /// Example `index` of `split`; its goal says both.
  private static func example(_ index: Int, _ split: String) -> ExampleRecord {
    let goal = "evaluate(\(index),add,\(split.utf8.count))"
    return ExampleRecord(
      id: Digest(of: "arithmetic " + goal), index: index, world: "arithmetic", goal: goal,
      plan: "goal \(goal){terminal return();}", level: 1, stepCount: 1, category: "sum", split: split)
  }
}

/// A path extended by names that obey the grammar of `RunID`.
private func + (path: StoragePath, names: [String]) -> StoragePath {
  names.reduce(path) { $0.appending(RunID(checked: $1)) }
}
