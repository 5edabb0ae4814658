import Composition
import Deployment
import Schemas
import Storage

/// A deployment in which everything is as it should be; tests change one thing.
enum Fixture {
  static let weights = Digest(of: "weights")
  static let config = Digest(of: "config")
  static let dataset = Digest(of: "dataset")
  static let metadataDigest = Digest(of: "run_metadata.json")

  /// The built-in pod with overrides.
  static func pod(_ overrides: String...) throws -> PodConfig {
    try PodConfig(
      Composer(ConfigSources(builtIn: BuiltInConfigs.files)).compose(
        config: "deploy/reasoning_pod", overrides: overrides))
  }

  static func metadata(
    runID: String = "curriculum-1", status: RunMetadata.Status = .completed, weights: Digest = weights,
    config: Digest = config, dataset: Digest = dataset, ring: String = "0D_base_", evaluation: String = "reasoning"
  ) -> RunMetadata {
    RunMetadata(
      runID: runID, template: "curriculum", status: status, startedAt: 0, updatedAt: 0, codexVersion: "0",
      configDigest: config, datasetDigest: dataset, dataset: "datasets/d", seed: 0, worlds: ["arithmetic"],
      parameterCount: 1, totalSteps: 1, step: 1, stages: [], checkpoint: "checkpoints/step-1", weightsDigest: weights,
      numericsFingerprint: "n", rolloutRing: ring, owner: "o", evaluationPreset: evaluation,
      deploymentPreset: "reasoning_pod", performance: nil)
  }

  static func bundle() throws -> BundleManifest {
    BundleManifest(
      runID: "curriculum-1", template: "curriculum", experiment: try ExperimentName(parsing: "curriculum"),
      weightsDigest: weights, configDigest: config, datasetDigest: dataset, ledgerHead: nil,
      provenance: .init(
        sourceRevision: nil, trainedBy: "0", packedBy: "0", seed: 0, numericsFingerprint: "n"), files: [])
  }

  static func verdict(_ milestone: String = "M0", passed: Bool = true, weights: Digest = weights) -> VerdictRecord {
    let clause = ClauseVerdict(
      clause: "trace_coverage", passed: passed, reason: passed ? "ok" : "below_threshold", message: "the figure is low",
      metric: nil, value: nil, comparator: nil, threshold: nil, count: nil, evidence: nil)
    return VerdictRecord(
      milestone: milestone, passed: passed, runID: "curriculum-1", weightsDigest: weights, clauses: [clause],
      gatesConfigDigest: config, ledgerHead: nil, codexVersion: "0", recordedAt: 0)
  }

  /// A report whose requests took `milliseconds`, where `nil` failed.
  static func report(_ milliseconds: [Double?]) throws -> LatencyReport {
    try LatencyReport(
      measurementID: "curriculum-1/latency-1",
      samples: milliseconds.map { latency in
        SampleRecord(
          problemID: dataset, world: "arithmetic", level: 2, category: "mixed", mode: "best-first", traceID: nil,
          verdict: nil, correct: true, covered: true, abstention: nil, planDigest: nil, repaired: false,
          modelEvaluations: 9, latencyMilliseconds: latency, failure: nil)
      })
  }

  static func review(
    pod: PodConfig? = nil, metadata: RunMetadata = metadata(), metadataDigest: Digest = metadataDigest,
    servingByteCount: Int = 1 << 20,
    template: TemplateParity = TemplateParity(name: "curriculum", isRecorded: true, overrides: ["training.seed"]),
    verdicts: [VerdictRecord] = [verdict()], latency: LatencyReport? = nil
  ) throws -> DeploymentReview {
    DeploymentReview(
      pod: try pod ?? Fixture.pod(), podPath: "pod.yaml", metadata: metadata, metadataDigest: metadataDigest,
      metadataPath: "run_metadata.json", bundle: try bundle(), packedMetadataDigest: Fixture.metadataDigest,
      servingByteCount: servingByteCount, template: template, verdicts: verdicts, latency: latency)
  }
}
