import Schemas
import Statistics

/// Nearest-rank latency quantiles over all problems asked; a problem on which planning failed counts as +∞.
public struct LatencyScorer: Sendable {
  public init() {}

  /// Throws `StatisticsError` without samples.
  public func score(_ samples: [SampleRecord]) throws -> LatencyRecord {
    let latencies = samples.map { $0.latencyMilliseconds ?? .infinity }
    let p50 = try nearestRankQuantile(0.5, of: latencies)
    let p95 = try nearestRankQuantile(0.95, of: latencies)
    let failures = latencies.count { $0 == .infinity }
    // p95 ≥ p50: where p50 is infinite, so is p95.
    return LatencyRecord(
      p50Milliseconds: p50.isFinite ? p50 : nil, p95Milliseconds: p95.isFinite ? p95 : nil,
      reason: p95.isFinite ? nil : "\(failures) of \(latencies.count) problems failed, which counts as infinitely late")
  }
}
