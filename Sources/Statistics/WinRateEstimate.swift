import Randomness

extension Bootstrap {
  /// The win rate of a candidate over a reference from its counts, one comparison per problem; a tie counts ½.
  ///
  /// A function of the three counts alone, so that whoever has the answers can compute the same interval again: the
  /// comparisons are resampled as losses, ties, wins, with the stream `(0, "statistics/win_rate")`.
  ///
  /// The interval is the bootstrap's, widened to Tango's score interval (`pairedShareInterval`) and to what an exact method
  /// says where one applies. A bootstrap alone is too narrow for few problems (1 win of 1 would be [1, 1]) and where
  /// losses are rare; the score interval alone where wins are. For a thousand problems their ends agree to a few
  /// thousandths. How often the lower end exceeds the true rate: docs/reference/statistics.md.
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
    let exact = try exactWinRates(wins: wins, ties: ties, losses: losses)
    return Estimate(
      value: resampled.value, interval: exact.reduce(interval(of: resampled).union(score)) { $0.union($1) },
      standardError: resampled.standardError, count: resampled.count)
  }

  /// What Clopper and Pearson's interval says of the rate.
  ///
  /// Below `smallestCount` problems each tie is read against the claim: as a loss for the lower end, as a win for the
  /// upper. From there on it applies where one kind of outcome was not seen, so that the others are a share.
  private func exactWinRates(wins: Int, ties: Int, losses: Int) throws -> [Interval] {
    let count = wins + ties + losses
    func share(_ successes: Int) throws -> Interval {
      try clopperPearsonInterval(successes: successes, trials: count, confidence: confidence)
    }
    if count < smallestCount { return [Interval(lower: try share(wins).lower, upper: try share(wins + ties).upper)] }
    var readings: [Interval] = []
    if ties == 0 { readings.append(try share(wins)) }
    if losses == 0 { readings.append(try share(wins).scaled(to: Interval(lower: 0.5, upper: 1))) }
    if wins == 0 { readings.append(try share(ties).scaled(to: Interval(lower: 0, upper: 0.5))) }
    return readings
  }
}
