/// Nearest-rank quantiles of latency over all problems asked; a failed one counts as +∞.
public struct LatencyRecord: Codable, Sendable, Equatable {
  /// Median, in milliseconds; absent where it falls among failures, or nothing was asked.
  public let p50Milliseconds: Double?
  /// 95 % quantile, in milliseconds; absent where it falls among failures, or nothing was asked.
  public let p95Milliseconds: Double?
  /// Why a quantile is absent.
  public let reason: String?

  enum CodingKeys: String, CodingKey {
    case reason
    case p50Milliseconds = "p50_ms"
    case p95Milliseconds = "p95_ms"
  }

  public init(p50Milliseconds: Double?, p95Milliseconds: Double?, reason: String?) {
    self.p50Milliseconds = p50Milliseconds
    self.p95Milliseconds = p95Milliseconds
    self.reason = reason
  }
}
