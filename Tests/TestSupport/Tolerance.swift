import Testing

/// The absolute and relative difference that rounding alone explains.
public struct Tolerance: Sendable {
  public let absolute: Double
  public let relative: Double

  public init(absolute: Double, relative: Double) {
    self.absolute = absolute
    self.relative = relative
  }

  /// For sums of `terms` single-precision products of order one: error grows like √terms ulps; 16 leaves room for order.
  public static func single(summedTerms terms: Int = 1) -> Tolerance {
    let scale = 16 * Double(terms).squareRoot() * 0x1p-24
    return Tolerance(absolute: max(scale, 1e-6), relative: max(scale, 1e-6))
  }

  /// Whether `actual` is within tolerance of `expected`; NaN and infinities never are.
  public func accepts(_ actual: Double, _ expected: Double) -> Bool {
    // An infinite expectation would make the relative part infinite and accept everything.
    expected.isFinite && abs(actual - expected) <= absolute + relative * abs(expected)
  }
}

/// Expects two float arrays to agree element by element; reports the first and the worst difference.
public func expectClose(
  _ actual: [Float], _ expected: [Float], _ tolerance: Tolerance = .single(),
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard actual.count == expected.count else {
    Issue.record("counts differ: \(actual.count) and \(expected.count)", sourceLocation: sourceLocation)
    return
  }
  let bad = actual.indices.filter { !tolerance.accepts(Double(actual[$0]), Double(expected[$0])) }
  guard let first = bad.first else { return }
  let worst = bad.max { abs(actual[$0] - expected[$0]) < abs(actual[$1] - expected[$1]) } ?? first
  Issue.record(
    """
    \(bad.count) of \(actual.count) elements differ; first [\(first)] \(actual[first]) expected \(expected[first]); \
    worst [\(worst)] \(actual[worst]) expected \(expected[worst])
    """, sourceLocation: sourceLocation)
}

extension Tolerance {
  /// Whether every pair is close: for tests of the tolerance itself and for controls that must be rejected.
  public func accepts(_ actual: [Float], _ expected: [Float]) -> Bool {
    actual.count == expected.count && zip(actual, expected).allSatisfy { accepts(Double($0), Double($1)) }
  }
}
