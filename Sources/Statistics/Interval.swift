/// A closed interval of plausible values.
public struct Interval: Equatable, Sendable {
  public let lower: Double
  public let upper: Double

  public init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  /// The smallest interval that contains both.
  func union(_ other: Interval) -> Interval {
    Interval(lower: min(lower, other.lower), upper: max(upper, other.upper))
  }

  /// What a part of [0, 1] is of `range`.
  func scaled(to range: Interval) -> Interval {
    let width = range.upper - range.lower
    return Interval(lower: range.lower + lower * width, upper: range.lower + upper * width)
  }
}
