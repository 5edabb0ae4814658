/// One measurement of one run: the ledger's run tier.
public struct MetricRecord: Record, Equatable {
  public static let schema = "codex.metric/2"

  public enum Unit: String, Codable, Sendable {
    case ratio, milliseconds, count
  }

  /// Dotted snake case, e.g. `reasoning.trace_coverage`.
  public let metric: String
  /// In `unit`; ratios lie in [0, 1]. Absent, with `reason`, where a quantile falls among failures.
  public let value: Double?
  /// Why `value` is absent.
  public let reason: String?
  public let unit: Unit
  /// Lower end of the 95 % interval; absent where there is none.
  public let lower: Double?
  /// Upper end of the 95 % interval; absent where there is none.
  public let upper: Double?
  /// Items behind it.
  public let count: Int
  /// `greedy`, `best-first`, `sampling`, `uniform`.
  public let mode: String
  /// `all`, a world, or `<world>/<level>`.
  public let group: String
  /// Joins it to the items it was computed from.
  public let measurementID: String
  public let identity: MetricIdentity
  /// Present for paired metrics.
  public let reference: MetricReference?
  /// Why the same question was measured again, where somebody said so; only then may it stand for the first measurement.
  public let again: String?
  public let codexVersion: String
  /// Seconds since 1970-01-01 UTC, from the caller's clock.
  public let recordedAt: Double

  enum CodingKeys: String, CodingKey {
    case metric, value, reason, unit, lower, upper, mode, group, identity, reference, again
    case count = "n"
    case measurementID = "measurement_id"
    case codexVersion = "codex_version"
    case recordedAt = "recorded_at"
  }

  public init(
    metric: String, value: Double?, reason: String?, unit: Unit, lower: Double?, upper: Double?, count: Int,
    mode: String, group: String, measurementID: String, identity: MetricIdentity, reference: MetricReference?,
    again: String? = nil, codexVersion: String, recordedAt: Double
  ) {
    self.metric = metric
    self.value = value
    self.reason = reason
    self.unit = unit
    self.lower = lower
    self.upper = upper
    self.count = count
    self.mode = mode
    self.group = group
    self.measurementID = measurementID
    self.identity = identity
    self.reference = reference
    self.again = again
    self.codexVersion = codexVersion
    self.recordedAt = recordedAt
  }
}
