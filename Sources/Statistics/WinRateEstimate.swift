import Randomness

extension Bootstrap {
  /// The win rate of a candidate over a reference from its counts, one comparison per problem; a tie counts ½.
  ///
  /// A function of the three counts alone, so that whoever has the answers can compute the same interval again: the
  /// comparisons are resampled as losses, ties, wins, with the stream `(0, "statistics/win_rate")`.
  ///
  /// The interval is the bootstrap's, widened to Tango's score interval (`pairedShareInterval`) and, where all comparisons
  /// end alike, to the exact one of equal outcomes. A bootstrap alone is too narrow for few problems (1 win of 1 would be
  /// [1, 1]) and where losses are rare; the score interval alone where wins are. For a thousand problems the ends of all
  /// agree to a few thousandths. Under a true win rate of t the lower end reaches t in about 2.5 %, and never in more than
  /// 5 %, of samples, for every number of problems and share of ties (docs/reference/statistics.md).
  ///
  /// - Throws: `StatisticsError` for a negative count, and without comparisons.
  public func winRate(wins: Int, ties: Int, losses: Int) throws -> Estimate {
    for (argument, count) in [("wins", wins), ("ties", ties), ("losses", losses)] where count < 0 {
      throw StatisticsError.outOfRange(argument: argument, value: "\(count)", allowed: "0 and above")
    }
    let outcomes =
      Array(repeating: [0.0], count: losses) + Array(repeating: [0.5], count: ties)
      + Array(repeating: [1.0], count: wins)
    var random = RandomStream(seed: 0, "statistics/win_rate")
    let resampled = try ResampledMean(of: outcomes, resamples: resamples) { random.index(below: outcomes.count) }
    let difference = pairedShareInterval(wins: wins, ties: ties, losses: losses, confidence: confidence)
    let score = Interval(lower: (1 + difference.lower) / 2, upper: (1 + difference.upper) / 2)
    var interval = interval(of: resampled).union(score)
    if max(wins, ties, losses) == outcomes.count {
      let exact = try equalOutcomesInterval(value: resampled.value, count: outcomes.count, confidence: confidence)
      interval = interval.union(exact)
    }
    return Estimate(
      value: resampled.value, interval: interval, standardError: resampled.standardError, count: resampled.count)
  }
}
