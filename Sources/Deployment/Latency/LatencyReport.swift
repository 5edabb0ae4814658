import Ledger
import Schemas
import Statistics

/// What an open-loop measurement of a pod's planner found.
public struct LatencyReport: Sendable {
  /// Joins the ledger's metric to its items.
  public let measurementID: String
  /// One answer a request, in order; a failed one has no latency and counts as +∞.
  public let samples: [SampleRecord]
  /// Nearest rank, in milliseconds; infinite where too many requests failed.
  public let p50Milliseconds: Double
  public let p95Milliseconds: Double

  /// Throws `StatisticsError` without samples.
  package init(measurementID: String, samples: [SampleRecord]) throws {
    self.measurementID = measurementID
    self.samples = samples
    let latencies = samples.map { $0.latencyMilliseconds ?? .infinity }
    p50Milliseconds = try nearestRankQuantile(0.5, of: latencies)
    p95Milliseconds = try nearestRankQuantile(0.95, of: latencies)
  }

  /// Requests that failed or came too late.
  public var failureCount: Int { samples.count { $0.latencyMilliseconds == nil } }

  /// The report as evidence: an item a request, then both quantiles.
  public func ledgerRecords(
    _ identity: MetricIdentity, codexVersion: String, recordedAt: Double
  ) -> (items: [ItemRecord], metrics: [MetricRecord]) {
    let items = samples.map { ItemRecord(measurementID: measurementID, runID: identity.runID, sample: $0) }
    let mode = samples[0].mode
    let metrics = [(MetricName.shadowLatencyP50, p50Milliseconds), (.shadowLatencyP95, p95Milliseconds)].map {
      name, value in
      MetricRecord(
        metric: name.rawValue, value: value.isFinite ? value : nil,
        reason: value.isFinite
          ? nil : "\(failureCount) of \(samples.count) requests failed, which counts as infinitely late",
        unit: .milliseconds, lower: nil, upper: nil, count: samples.count, mode: mode, group: "all",
        measurementID: measurementID, identity: identity, reference: nil, codexVersion: codexVersion,
        recordedAt: recordedAt)
    }
    return (items, metrics)
  }
}
