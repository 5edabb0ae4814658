/// The nearest-rank quantile: the smallest sample that at least the fraction `p` of the samples do not exceed.
///
/// Failures and time-outs are samples too: pass them as `.infinity`, so that too many of them make the quantile
/// infinite. The result is always one of the samples; nothing is interpolated.
///
/// - Formula: the sample of rank ⌈p·n⌉, from 1, in ascending order. Cost: one sort.
/// - Parameter p: In (0, 1].
/// - Throws: `StatisticsError` without samples, and for NaN or -∞.
public func nearestRankQuantile(_ p: Double, of samples: [Double]) throws -> Double {
  guard p > 0, p <= 1 else { throw StatisticsError.outOfRange(argument: "p", value: "\(p)", allowed: "0 < p ≤ 1") }
  guard !samples.isEmpty else { throw StatisticsError.noSamples(statistic: "quantile") }
  if let bad = samples.firstIndex(where: { $0.isNaN || $0 == -.infinity }) {
    throw StatisticsError.notANumber(statistic: "quantile", index: bad, value: samples[bad])
  }
  return samples.sorted()[rank(p, count: samples.count) - 1]
}

/// ⌈p·n⌉ in 1...n.
func rank(_ p: Double, count: Int) -> Int {
  let product = p * Double(count)
  // 0.07 · 100 is 7.000000000000001 in binary: a product that close to an integer means the integer.
  let nearest = product.rounded()
  let exact = abs(product - nearest) <= 4 * product.ulp ? nearest : product.rounded(.up)
  return min(max(Int(exact), 1), count)
}
