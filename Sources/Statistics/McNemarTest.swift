/// What a significance test found.
public struct TestOutcome: Equatable, Sendable {
  /// The smaller count for an exact McNemar test, else the value of χ².
  public let statistic: Double
  /// The chance, if nothing differs, of an outcome at least as extreme; two-sided.
  public let pValue: Double
}

/// How `mcNemarTest` computes its p value.
public enum McNemarMethod: Equatable, Sendable {
  /// The binomial distribution itself; right for every count.
  case exact
  /// The χ² approximation with one degree of freedom, for comparison with tools that print it; refused below 25
  /// discordant pairs.
  case chiSquared(continuityCorrected: Bool)
}

/// McNemar's test of two methods asked the same problems: do wins and losses come equally often? Ties say nothing.
///
/// - Formula: exact, min(1, 2·P(X ≤ min(wins, losses))) with X ~ Binomial(wins+losses, ½); χ² = (|wins-losses| - c)² /
///   (wins+losses), c = 1 with Yates' correction, else 0. Source: McNemar 1947; Edwards 1948; as in statsmodels.
/// - Returns: Without a discordant pair the exact p value is 1.
/// - Throws: `StatisticsError.outOfRange` for a negative count; `.tooFew` for χ² with fewer than 25 discordant pairs.
public func mcNemarTest(wins: Int, losses: Int, method: McNemarMethod = .exact) throws -> TestOutcome {
  for (argument, count) in [("wins", wins), ("losses", losses)] where count < 0 {
    throw StatisticsError.outOfRange(argument: argument, value: "\(count)", allowed: "0 and above")
  }
  let (fewer, discordant) = (Double(min(wins, losses)), Double(wins) + Double(losses))
  switch method {
  case .exact:
    // P(X ≤ k) = I_½(n-k, k+1); with as many wins as losses it exceeds a half.
    let isEven = wins == losses
    let below = isEven ? 1 : BetaDistribution(discordant - fewer, fewer + 1).tails(at: 0.5, complement: 0.5).lower
    return TestOutcome(statistic: fewer, pValue: min(1, 2 * below))
  case .chiSquared(let continuityCorrected):
    guard discordant >= 25 else {
      throw StatisticsError.tooFew(statistic: "McNemar χ² test (discordant pairs)", count: wins + losses, smallest: 25)
    }
    let distance = abs(Double(wins) - Double(losses)) - (continuityCorrected ? 1 : 0)
    let statistic = distance * distance / discordant
    return TestOutcome(statistic: statistic, pValue: 2 * NormalDistribution.upperTail(statistic.squareRoot()))
  }
}
