import Composition

/// How latency is measured and what it may be.
public struct LatencyBudget: Equatable, Sendable {
  /// The 95 % quantile may be this at most, in milliseconds.
  public let p95Milliseconds: Double
  /// Requests counted; 200 at least, so that the quantile rests on ten slower ones.
  public let sampleCount: Int
  /// Requests before them that are not counted.
  public let warmupCount: Int
  public let requestsPerSecond: Double
  /// A request that is not answered this long after it was due has failed.
  public let timeoutMilliseconds: Double

  /// Reads the section that `read` stands at.
  init(reading read: inout ConfigReader) {
    self.init(
      p95Milliseconds: read.float("p95_ms", in: 0.001...1e6), sampleCount: read.int("samples", in: 200...100_000),
      warmupCount: read.int("warmup", in: 0...10_000),
      requestsPerSecond: read.float("requests_per_second", in: 0.1...100_000),
      timeoutMilliseconds: read.float("timeout_ms", in: 1...1e6))
  }

  public init(
    p95Milliseconds: Double, sampleCount: Int, warmupCount: Int, requestsPerSecond: Double, timeoutMilliseconds: Double
  ) {
    self.p95Milliseconds = p95Milliseconds
    self.sampleCount = sampleCount
    self.warmupCount = warmupCount
    self.requestsPerSecond = requestsPerSecond
    self.timeoutMilliseconds = timeoutMilliseconds
  }
}
