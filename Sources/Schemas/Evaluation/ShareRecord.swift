/// A share of yes among a number of trials, with its Wilson 95 % interval.
public struct ShareRecord: Codable, Sendable, Equatable {
  /// How many are yes.
  public let count: Int
  /// How many were asked.
  public let total: Int
  /// `count / total`, in [0, 1].
  public let value: Double
  /// Lower end of the interval.
  public let lower: Double
  /// Upper end of the interval.
  public let upper: Double

  enum CodingKeys: String, CodingKey {
    case count, total, value, lower, upper
  }

  public init(count: Int, total: Int, value: Double, lower: Double, upper: Double) {
    self.count = count
    self.total = total
    self.value = value
    self.lower = lower
    self.upper = upper
  }
}
