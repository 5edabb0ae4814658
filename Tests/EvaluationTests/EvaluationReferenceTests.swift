import Schemas
import Storage
import TestSupport
import Testing

/// docs/reference/evaluation.md documents exactly the keys that the records write.
@Suite struct EvaluationReferenceTests {
  private let digest = Digest(of: "d")
  private var share: ShareRecord { ShareRecord(count: 1, total: 2, value: 0.5, lower: 0.1, upper: 0.9) }
  private var score: ScoreRecord {
    ScoreRecord(
      group: "all", accuracy: share, firstAttemptAccuracy: share, traceCoverage: share,
      latency: LatencyRecord(p50Milliseconds: 1, p95Milliseconds: 2, reason: "r"), meanModelEvaluations: 1,
      budgetAbstentions: 0, unsolvableAbstentions: 0, cancelledAbstentions: 0, failures: 0)
  }
  private var summary: EvaluationSummary {
    EvaluationSummary(
      evaluationID: "e", runID: "r", template: "t", recordedAt: 1.5, codexVersion: "0", split: "test", problemCount: 2,
      problemSetDigest: digest, seed: 0, threads: 1, runConfigDigest: digest, evaluationConfigDigest: digest,
      weightsDigest: digest, datasetDigest: digest,
      modes: [
        ModeSummary(mode: "greedy", budget: 1, overall: score, worlds: [score], levels: [score], categories: [score])
      ],
      winRates: [
        WinRateRecord(
          mode: "greedy", referenceRunID: "q", wins: 1, ties: 0, losses: 1, value: 0.5, lower: 0, upper: 1,
          resamples: 10)
      ])
  }
  private var sample: SampleRecord {
    SampleRecord(
      problemID: digest, world: "w", level: 1, category: "c", mode: "greedy", traceID: "t", verdict: .verified,
      correct: true, covered: true, abstention: .budget, planDigest: digest, repaired: false, modelEvaluations: 1,
      latencyMilliseconds: 1, failure: "f")
  }

  @Test func page_documentsEveryKey() throws {
    let here = "Tests/EvaluationTests/EvaluationReferenceTests.swift"
    let root = try StorageRoot(opening: String(#filePath.dropLast(here.count)))
    let page = ReferencePage(
      markdown: String(decoding: try root.read("docs/reference/evaluation.md", limit: 1 << 20), as: UTF8.self))
    func keys(_ value: some Encodable) throws -> [String] {
      guard case .object(let object) = try RecordEncoder().value(of: value) else { return [] }
      return object.members.map(\.key)
    }
    #expect(page.disagreements(in: SampleRecord.schema, with: try keys(sample)) == [])
    #expect(page.disagreements(in: EvaluationSummary.schema, with: try keys(summary)) == [])
    #expect(page.disagreements(in: "modes", with: try keys(summary.modes[0])) == [])
    #expect(page.disagreements(in: "score", with: try keys(score)) == [])
    #expect(page.disagreements(in: "share", with: try keys(share)) == [])
    #expect(page.disagreements(in: "latency", with: try keys(score.latency)) == [])
    #expect(page.disagreements(in: "win_rates", with: try keys(summary.winRates[0])) == [])
  }

  @Test func records_surviveBeingWrittenAndRead() throws {
    let bytes = try RecordEncoder().bytes(of: summary)
    #expect(try RecordDecoder().record(EvaluationSummary.self, from: bytes) == summary)
    let line = try RecordEncoder().bytes(of: sample)
    #expect(try RecordDecoder().record(SampleRecord.self, from: line) == sample)
  }
}
