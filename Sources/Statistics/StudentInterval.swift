/// Student's interval of a mean: what a few independent repetitions, as training runs with other seeds, say of a method.
///
/// Exact where the values are normal; good for means of many answers, which nearly are. It speaks of the spread between
/// the values alone: what they share (the same test problems) is no part of it.
///
/// - Formula: mean ± t·s/√n with n-1 degrees of freedom; s² divides by n-1. Source: Student 1908.
/// - Returns: `standardError` is s/√n.
/// - Throws: `StatisticsError.tooFew` below two values; `.noSpread` for values that are all equal, since of them the
///   formula would claim certainty; `.notANumber`; `.outOfRange` for a confidence outside (0, 1).
public func studentInterval(_ values: [Double], confidence: Double = 0.95) throws -> Estimate {
  let statistic = "Student interval"
  let tail = try tail(ofConfidence: confidence)
  guard !values.isEmpty else { throw StatisticsError.noSamples(statistic: statistic) }
  if let bad = values.firstIndex(where: { !$0.isFinite }) {
    throw StatisticsError.notANumber(statistic: statistic, index: bad, value: values[bad])
  }
  guard values.count >= 2 else {
    throw StatisticsError.tooFew(statistic: statistic, count: values.count, smallest: 2)
  }
  guard values.contains(where: { $0 != values[0] }) else {
    throw StatisticsError.noSpread(statistic: statistic, count: values.count, value: values[0])
  }
  let n = Double(values.count)
  let mean = values.reduce(0, +) / n
  let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
  let standardError = (variance / n).squareRoot()
  let margin = studentQuantile(upperTail: tail, degreesOfFreedom: n - 1) * standardError
  return Estimate(
    value: mean, interval: Interval(lower: mean - margin, upper: mean + margin), standardError: standardError,
    count: values.count)
}

/// The t above which `upperTail`, in (0, ½), of Student's distribution lies.
///
/// - Formula: with ν degrees of freedom, 2·P(T > t) = I_x(ν/2, ½) at x = ν/(ν+t²). Source: DLMF 8.17 and Abramowitz & Stegun
///   1964, 26.7.1. Whichever of x and 1-x is the smaller one is solved for.
package func studentQuantile(upperTail: Double, degreesOfFreedom: Double) -> Double {
  let half = degreesOfFreedom / 2
  let outside = 2 * upperTail
  if outside < 0.5 {
    let x = BetaDistribution(half, 0.5).quantile(lowerTail: outside, upperTail: 1 - outside)
    return (degreesOfFreedom * (1 - x) / x).squareRoot()
  }
  let y = BetaDistribution(0.5, half).quantile(lowerTail: 1 - outside, upperTail: outside)
  return (degreesOfFreedom * y / (1 - y)).squareRoot()
}
