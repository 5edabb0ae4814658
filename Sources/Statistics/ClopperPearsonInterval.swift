/// The Clopper–Pearson interval of a proportion: the only one here that never covers less than it says.
///
/// It inverts two one-sided binomial tests, so either end errs with at most half the error. The price is width: for few
/// trials it covers far more than `confidence`.
///
/// - Formula: the `tail` quantile of Beta(k, n-k+1) and the 1-`tail` quantile of Beta(k+1, n-k), `tail` = (1-confidence)/2.
///   Source: Clopper & Pearson 1934; Brown, Cai & DasGupta 2001, section 4.2.1.
/// - Throws: `StatisticsError` unless 0 ≤ `successes` ≤ `trials`, there is a trial, and the confidence lies in (0, 1).
public func clopperPearsonInterval(successes: Int, trials: Int, confidence: Double = 0.95) throws -> Interval {
  try requireShare(successes, of: trials, statistic: "Clopper–Pearson interval")
  let tail = try tail(ofConfidence: confidence)
  let k = Double(successes)
  let n = Double(trials)
  let lower = successes == 0 ? 0 : BetaDistribution(k, n - k + 1).quantile(lowerTail: tail, upperTail: 1 - tail)
  let upper = successes == trials ? 1 : BetaDistribution(k + 1, n - k).quantile(lowerTail: 1 - tail, upperTail: tail)
  return Interval(lower: lower, upper: upper)
}
