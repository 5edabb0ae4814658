import Schemas
import Storage
import TestSupport
import Testing

/// docs/reference/run_directory.md documents exactly the keys that a run's records write.
@Suite struct RunDirectoryReferenceTests {
  private static let digest = Digest(of: "x")
  /// The sums and figures of the signal that the page describes.
  private let pending = Dictionary(
    uniqueKeysWithValues: ["policy_loss", "policy_weight", "hits", "judged", "value_loss", "value_weight"].map {
      ($0, 0.0)
    })
  private let figures = ["loss": 0.0, "mean_token_accuracy": 0, "value_loss": 0]
  private let stage = RunMetadata.Stage(id: "a", exampleCount: 1, steps: 1, endStep: 1, checkpoint: "c", loss: 0)
  private let origin = RunMetadata.Origin(checkpoint: "c", weightsDigest: RunDirectoryReferenceTests.digest)
  private let performance = RunMetadata.Performance(
    wallSeconds: 1, tokensPerSecond: 1, gigaflopsPerSecond: 1, threads: 1, peakMemoryBytes: 1)

  private func keys(_ value: some Encodable) throws -> [String] {
    guard case .object(let object) = try RecordEncoder().value(of: value) else { return [] }
    return object.members.map(\.key)
  }

  @Test func page_documentsEveryKey() throws {
    let root = try StorageRoot(
      opening: String(#filePath.dropLast("Tests/TrainingTests/RunDirectoryReferenceTests.swift".count)))
    let text = String(decoding: try root.read("docs/reference/run_directory.md", limit: 1 << 20), as: UTF8.self)
    let page = ReferencePage(markdown: text)
    let metric = TrainingMetric(
      step: 1, phase: "a", figures: figures, gradNorm: 0, learningRate: 0, numTokens: 0)
    var state = CheckpointState(
      step: 1, phase: "a", configDigest: Self.digest, datasetDigest: Self.digest, scheduleDigest: Self.digest,
      numericsFingerprint: "n", numTokens: 0, pending: pending, metricsByteCount: 0, tracesByteCount: 0, files: [])
    state.sha = Self.digest
    let metadata = RunMetadata(
      runID: "r", template: "t", status: .running, startedAt: 0, updatedAt: 0, codexVersion: "0",
      configDigest: Self.digest, datasetDigest: Self.digest, dataset: "d", seed: 0, worlds: ["w"], parameterCount: 0,
      totalSteps: 0, step: 0, stages: [stage], checkpoint: "c", weightsDigest: Self.digest,
      stateDigest: Self.digest, numericsFingerprint: "n",
      rolloutRing: "main", owner: "o", evaluationPreset: "e", deploymentPreset: "p", performance: performance,
      ledgerHead: LedgerHead(sequence: 0, digest: Self.digest), intention: "i",
      initFrom: origin)
    let sections: [(String, [String])] = [
      (ParameterRecord.schema, try keys(ParameterRecord(key: "k", value: "1", origin: "o"))),
      (TrainingMetric.schema, try keys(metric)), (CheckpointState.schema, try keys(state)),
      ("pending", try keys(pending)), (RunMetadata.schema, try keys(metadata)), ("stages", try keys(stage)),
      ("performance", try keys(performance)), ("init_from", try keys(origin)),
    ]
    for (section, names) in sections { #expect(page.disagreements(in: section, with: names) == [], "\(section)") }
    // Control: a key that nobody documented is found.
    #expect(page.disagreements(in: "stages", with: ["id", "secret"]).contains("'secret' is not documented"))
  }
}
