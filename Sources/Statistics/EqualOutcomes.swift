/// The exact interval of the mean of values in [0, 1] of which all that were seen are equal.
///
/// Their spread tells nothing, their number does: that none of `count` units differs from `value` bounds, as Clopper and
/// Pearson do, the share of those that would, and whatever these are lies in [0, 1].
///
/// - Formula: u = 1 - tail^(1/n), tail = (1-confidence)/2; the interval is [v - u·v, v + u·(1-v)]. Each end errs with at most
///   `tail`.
func equalOutcomesInterval(value: Double, count: Int, confidence: Double) throws -> Interval {
  let share = try clopperPearsonInterval(successes: 0, trials: count, confidence: confidence).upper
  return Interval(lower: value - share * value, upper: value + share * (1 - value))
}
