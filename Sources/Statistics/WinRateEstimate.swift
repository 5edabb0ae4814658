import Randomness

extension Bootstrap {
  /// The win rate of a candidate over a reference from its counts, one comparison per problem; a tie counts ½.
  ///
  /// A function of the three counts alone, so that whoever has the answers can compute the same interval again: the
  /// comparisons are resampled as losses, ties, wins, with the stream `(0, "statistics/win_rate")`.
  ///
  /// - Throws: `StatisticsError` for a negative count, and without comparisons.
  public func winRate(wins: Int, ties: Int, losses: Int) throws -> Estimate {
    for (argument, count) in [("wins", wins), ("ties", ties), ("losses", losses)] where count < 0 {
      throw StatisticsError.outOfRange(argument: argument, value: "\(count)", allowed: "0 and above")
    }
    let outcomes =
      Array(repeating: 0.0, count: losses) + Array(repeating: 0.5, count: ties) + Array(repeating: 1.0, count: wins)
    var random = RandomStream(seed: 0, "statistics/win_rate")
    return try mean(of: outcomes, random: &random)
  }
}
