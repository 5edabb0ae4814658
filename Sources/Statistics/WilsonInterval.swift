/// The Wilson score interval of a proportion, two-sided at 95 % unless `z` says otherwise.
///
/// Stays within [0, 1] and is honest for few samples and for proportions near 0 or 1, where the normal interval is not.
/// Its coverage is near the nominal one on average and may lie below it for single proportions; where it must not, take
/// `clopperPearsonInterval`.
///
/// - Formula: (p̂ + z²/2n ± z·√(p̂(1-p̂)/n + z²/4n²)) / (1 + z²/n). Source: Wilson 1927; Newcombe 1998, method 3.
/// - Parameter z: Standard normal quantile of half the error: 1.96 for 95 % two-sided, 1.645 for a 95 % lower bound
///   alone.
/// - Throws: `StatisticsError` unless 0 ≤ `successes` ≤ `trials` and there is a trial.
public func wilsonInterval(successes: Int, trials: Int, z: Double = 1.959963984540054) throws -> Interval {
  try requireShare(successes, of: trials, statistic: "Wilson interval")
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

/// The Wilson score interval of a proportion, two-sided at `confidence` in (0, 1).
///
/// - Throws: `StatisticsError` as the interval for `z`, and for a confidence outside (0, 1).
public func wilsonInterval(successes: Int, trials: Int, confidence: Double) throws -> Interval {
  let tail = try tail(ofConfidence: confidence)
  return try wilsonInterval(successes: successes, trials: trials, z: NormalDistribution.quantile(upperTail: tail))
}

/// Refuses counts that are no share of anything.
func requireShare(_ successes: Int, of trials: Int, statistic: String) throws {
  guard trials > 0 else { throw StatisticsError.noSamples(statistic: statistic) }
  guard (0...trials).contains(successes) else {
    throw StatisticsError.outOfRange(argument: "successes", value: "\(successes)", allowed: "0...\(trials)")
  }
}

/// Half the error of a two-sided interval: 0.025 for 0.95.
func tail(ofConfidence confidence: Double) throws -> Double {
  guard confidence > 0, confidence < 1 else {
    throw StatisticsError.outOfRange(argument: "confidence", value: "\(confidence)", allowed: "0 < confidence < 1")
  }
  return (1 - confidence) / 2
}
