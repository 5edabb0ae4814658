/// A closed interval of plausible values.
public struct Interval: Equatable, Sendable {
  public let lower: Double
  public let upper: Double

  public init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }
}

/// The Wilson score interval of a proportion, two-sided at 95 % unless `z` says otherwise.
///
/// Stays within [0, 1] and is honest for few samples and for proportions near 0 or 1, where the normal interval is not.
///
/// - Formula: (p̂ + z²/2n ± z·√(p̂(1-p̂)/n + z²/4n²)) / (1 + z²/n). Source: Wilson 1927; Newcombe 1998, method 3.
/// - Parameter z: Standard normal quantile of half the error: 1.96 for 95 % two-sided, 1.645 for a 95 % lower bound
///   alone.
/// - Throws: `StatisticsError` unless 0 ≤ `successes` ≤ `trials` and there is a trial.
public func wilsonInterval(successes: Int, trials: Int, z: Double = 1.959963984540054) throws -> Interval {
  guard trials > 0 else { throw StatisticsError.noSamples(statistic: "Wilson interval") }
  guard (0...trials).contains(successes) else {
    throw StatisticsError.outOfRange(argument: "successes", value: "\(successes)", allowed: "0...\(trials)")
  }
  guard z > 0, z.isFinite else { throw StatisticsError.outOfRange(argument: "z", value: "\(z)", allowed: "z > 0") }
  let n = Double(trials)
  let p = Double(successes) / n
  let center = p + z * z / (2 * n)
  let margin = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
  let scale = 1 + z * z / n
  // At the ends the bound is exactly 0 or 1; rounding must not say otherwise.
  return Interval(
    lower: successes == 0 ? 0 : max(0, (center - margin) / scale),
    upper: successes == trials ? 1 : min(1, (center + margin) / scale))
}
