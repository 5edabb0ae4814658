/// The nearest-rank quantile: the smallest sample that at least the fraction `p` of the samples do not exceed.
///
/// Failures and time-outs are samples too: pass them as `.infinity`, so that too many of them make the quantile
/// infinite. The result is always one of the samples; nothing is interpolated.
///
/// - Formula: the sample of rank ⌈p·n⌉, from 1, in ascending order. Cost: one sort.
/// - Parameter p: In (0, 1], taken as the decimal that prints it: 0.07 of 100 is 7, although the product of the two
///   `Double` values exceeds 7.
/// - Throws: `StatisticsError` without samples, and for NaN or -∞.
public func nearestRankQuantile(_ p: Double, of samples: [Double]) throws -> Double {
  guard p > 0, p <= 1 else { throw StatisticsError.outOfRange(argument: "p", value: "\(p)", allowed: "0 < p ≤ 1") }
  guard !samples.isEmpty else { throw StatisticsError.noSamples(statistic: "quantile") }
  if let bad = samples.firstIndex(where: { $0.isNaN || $0 == -.infinity }) {
    throw StatisticsError.notANumber(statistic: "quantile", index: bad, value: samples[bad])
  }
  return samples.sorted()[DecimalShare(p).rank(of: samples.count) - 1]
}
