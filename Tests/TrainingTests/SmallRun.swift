import Composition
import Datasets
import Foundation
import Plans
import Runs
import Schemas
import Storage
import Tensors
import Training
import Worlds

/// A workspace with a small dataset and a run of a few seconds over it; vanishes with this object.
final class SmallRun {
  let path: String
  let workspace: StorageRoot

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("training-tests-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    workspace = try StorageRoot(opening: path)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  static let overrides = [
    "model.num_hidden_layers=2", "model.hidden_size=32", "model.num_attention_heads=2", "model.num_key_value_heads=1",
    "model.intermediate_size=48", "dataset.sizes.train=400", "dataset.sizes.validation=20", "dataset.sizes.test=20",
    "training.max_steps=24", "training.per_device_train_batch_size=6", "training.warmup_steps=4",
    "training.logging_steps=5", "training.save_steps=7", "training.chunk_rows=64", "logging.traced_problems=3",
  ]

  func request(
    _ template: String = "baseline", _ more: [String] = [], threads: Int = 2, resuming: RunID? = nil,
    fingerprint: String = "tests"
  ) throws -> TrainingRequest {
    let composer = Composer(ConfigSources(builtIn: BuiltInConfigs.files))
    let resolved = try composer.compose(config: "training/reasoning/\(template)", overrides: Self.overrides + more)
    let datasetPath: StoragePath = "dataset"
    if try !workspace.exists(datasetPath) {
      try Materializer.materialize(
        DatasetConfig(resolved), curriculum: CurriculumConfig(resolved), at: datasetPath, in: workspace)
    }
    return TrainingRequest(
      workspace: workspace, template: template, resolved: resolved,
      dataset: try Dataset(at: datasetPath, in: workspace), datasetPath: datasetPath,
      vocabulary: PlanVocabulary(signatures: WorldKind.allCases.map { $0.world.signature }),
      kernels: FastKernels(backend: .builtIn), numericsFingerprint: fingerprint, pool: ThreadPool(threads: threads),
      codexVersion: "tests", resuming: resuming, now: { 1_000_000 }, monotonic: { 0 })
  }

  /// Runs to the end, interrupted after each of `stops` steps.
  func train(
    _ template: String = "baseline", _ overrides: [String] = [], threads: Int = 2, stops: [Int] = []
  ) throws -> RunMetadata {
    var stops = stops[...]
    while true {
      var steps = 0
      let stop = stops.popFirst()
      let loop = try TrainingLoop(request(template, overrides, threads: threads))
      do {
        return try loop.run(
          report: { if case .step(let progress) = $0 { steps = progress.step } },
          isCancelled: { stop.map { steps >= $0 } ?? false })
      } catch TrainingError.cancelled {}
    }
  }

  /// Every file of a run that must not depend on when or in how many pieces it was made, by name.
  func results(_ metadata: RunMetadata) throws -> [String: [UInt8]] {
    let run = RunCatalog.standard.appending(try RunID(parsing: metadata.runID))
    var files: [String: [UInt8]] = [:]
    for name in try ["config.yaml", "params.ndjson", "metrics.ndjson", "traces.ndjson"].map(StoragePath.init(parsing:))
    {
      files[name.description] = try workspace.read(run.appending(name), limit: 1 << 24)
    }
    let checkpoint = try StoragePath(parsing: metadata.checkpoint ?? "")
    for name in try workspace.list(run.appending(checkpoint)) {
      files[name.text] = try workspace.read(run.appending(checkpoint).appending(name), limit: 1 << 24)
    }
    return files
  }
}
