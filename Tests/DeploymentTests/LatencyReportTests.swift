import Deployment
import Schemas
import Storage
import Testing

@Suite struct LatencyReportTests {
  private let identity = MetricIdentity([.run: "curriculum-1", .weights: Fixture.weights.description])

  @Test func quantiles_areNearestRank() throws {
    let report = try Fixture.report((1...200).map(Double.init))
    #expect(report.p50Milliseconds == 100 && report.p95Milliseconds == 190 && report.failureCount == 0)
  }

  @Test func ledgerRecords_leaveOutAQuantileAmongFailures() throws {
    let report = try Fixture.report(Array(repeating: nil, count: 20) + Array(repeating: 3, count: 180))
    let records = report.ledgerRecords(identity, codexVersion: "0", recordedAt: 5)
    #expect(records.items.count == 200)
    #expect(records.items.allSatisfy { $0.measurementID == "curriculum-1/latency-1" && $0.runID == "curriculum-1" })
    #expect(records.metrics.map(\.metric) == ["reasoning.shadow_latency_p50", "reasoning.shadow_latency_p95"])
    #expect(records.metrics.map(\.value) == [3, nil])
    #expect(records.metrics[1].reason == "20 of 200 requests failed, which counts as infinitely late")
    #expect(records.metrics.allSatisfy { $0.count == 200 && $0.mode == "best-first" && $0.group == "all" })
  }

  @Test func init_refusesNoSamples() {
    #expect(throws: (any Error).self) { try Fixture.report([]) }
  }
}
