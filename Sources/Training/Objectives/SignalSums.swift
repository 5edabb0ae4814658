/// Named sums over rows, in nats, counts or weights as their signal says; they add up over chunks and steps.
public struct SignalSums: Sendable, Equatable {
  /// By name, as checkpoints keep them.
  public private(set) var values: [String: Double]

  public init(_ values: [String: Double] = [:]) { self.values = values }

  /// A sum that nobody has added to is 0.
  public subscript(name: String) -> Double {
    get { values[name] ?? 0 }
    set { values[name] = newValue }
  }

  /// One sum over another; nil if that is 0.
  public func mean(_ sum: String, over weight: String) -> Double? {
    self[weight] > 0 ? self[sum] / self[weight] : nil
  }

  /// Whether every sum is a number.
  public var isFinite: Bool { values.values.allSatisfy(\.isFinite) }

  public static func += (left: inout SignalSums, right: SignalSums) {
    for (name, value) in right.values { left[name] += value }
  }
}
