/// A value computed from samples, and how uncertain it is.
public struct Estimate: Equatable, Sendable {
  public let value: Double
  public let interval: Interval
  /// The standard deviation of the value: over the resamples of a bootstrap, else as the method's formula has it.
  public let standardError: Double
  /// Independent units it rests on: samples, clusters, or seeds.
  public let count: Int
}
