/// The smallest difference wins - losses, as a share of all pairs, that a paired comparison finds with probability `power`.
///
/// Half of it is the distance of the win rate from ½.
///
/// - Formula: the δ at which Φ((δ√n - z√ψ) / √(ψ-δ²)) + Φ((-δ√n - z√ψ) / √(ψ-δ²)) is `power`; ψ is `discordantShare`, z the
///   normal quantile of `alpha`/2, and the second term the chance of finding the wrong direction. Source: Miettinen 1968,
///   "The matched pairs design in the case of all-or-none responses"; Connor 1987, "Sample size for testing differences in
///   proportions for the paired-sample design", equation 1.
/// - Parameters:
///   - pairs: Problems that both methods answer.
///   - discordantShare: The expected share of them that one answers and the other does not, at least 10⁻⁶.
///   - alpha: Of a two-sided test, in (0, 1).
///   - power: In (`alpha`, 1).
/// - Throws: `StatisticsError.tooFew`, naming the number that would do, where not even wins alone would be found;
///   `.outOfRange`.
public func minimumDetectableEffect(
  pairs: Int, discordantShare: Double, alpha: Double = 0.05, power: Double = 0.8
) throws -> Double {
  guard discordantShare >= 1e-6, discordantShare <= 1 else {
    throw StatisticsError.outOfRange(
      argument: "discordantShare", value: "\(discordantShare)", allowed: "0.000001 to 1")
  }
  let test = try NormalTest(alpha: alpha, power: power, largest: discordantShare) { difference in
    (discordantShare, max(0, discordantShare - difference * difference))
  }
  return try test.detectableDifference(count: pairs, statistic: "minimum detectable effect (pairs)")
}

/// The smallest rise above the share `baseline` that a comparison of two independent groups finds with probability `power`.
///
/// - Formula: as for pairs, with the variances 2p̄(1-p̄), where p̄ = p + δ/2, if nothing differs and p(1-p) + (p+δ)(1-p-δ) else.
///   Source: Fleiss, Levin & Paik 2003, "Statistical methods for rates and proportions", equation 4.14, without continuity
///   correction.
/// - Parameters:
///   - baseline: The other group's share p, at most 1 - 10⁻⁶.
///   - countPerGroup: Problems asked of each group.
///   - alpha: Of a two-sided test, in (0, 1).
///   - power: In (`alpha`, 1).
/// - Throws: `StatisticsError.tooFew`, naming the number that would do, where not even a share of 1 would be found;
///   `.outOfRange`.
public func minimumDetectableEffect(
  baseline: Double, countPerGroup: Int, alpha: Double = 0.05, power: Double = 0.8
) throws -> Double {
  guard baseline >= 0, baseline <= 1 - 1e-6 else {
    throw StatisticsError.outOfRange(argument: "baseline", value: "\(baseline)", allowed: "0 to 0.999999")
  }
  let test = try NormalTest(alpha: alpha, power: power, largest: 1 - baseline) { difference in
    let (pooled, raised) = (baseline + difference / 2, baseline + difference)
    return (2 * pooled * (1 - pooled), max(0, baseline * (1 - baseline) + raised * (1 - raised)))
  }
  return try test.detectableDifference(count: countPerGroup, statistic: "minimum detectable effect (per group)")
}

/// A two-sided normal test of a difference whose variance, times the count, depends on the difference itself.
private struct NormalTest {
  let power: Double
  /// The largest difference that there can be.
  let largest: Double
  let variances: (_ difference: Double) -> (null: Double, alternative: Double)
  private let z: Double

  init(
    alpha: Double, power: Double, largest: Double,
    variances: @escaping (_ difference: Double) -> (null: Double, alternative: Double)
  ) throws {
    guard alpha > 0, alpha < 1 else {
      throw StatisticsError.outOfRange(argument: "alpha", value: "\(alpha)", allowed: "0 < alpha < 1")
    }
    guard power > alpha, power < 1 else {
      throw StatisticsError.outOfRange(argument: "power", value: "\(power)", allowed: "\(alpha) < power < 1")
    }
    self.power = power
    self.largest = largest
    self.variances = variances
    z = NormalDistribution.quantile(upperTail: alpha / 2)
  }

  /// Bisection down to neighbouring numbers.
  func detectableDifference(count: Int, statistic: String) throws -> Double {
    guard count > 0 else { throw StatisticsError.noSamples(statistic: statistic) }
    guard isFound(largest, count) else {
      var (tooFew, enough) = (count, 2 * count)
      while !isFound(largest, enough) { (tooFew, enough) = (enough, 2 * enough) }
      while enough - tooFew > 1 {
        let middle = tooFew + (enough - tooFew) / 2
        if isFound(largest, middle) { enough = middle } else { tooFew = middle }
      }
      throw StatisticsError.tooFew(statistic: statistic, count: count, smallest: enough)
    }
    var (missed, found) = (0.0, largest)
    while true {
      let middle = (missed + found) / 2
      guard middle > missed, middle < found else { return found }
      if isFound(middle, count) { found = middle } else { missed = middle }
    }
  }

  private func isFound(_ difference: Double, _ count: Int) -> Bool {
    let (null, alternative) = variances(difference)
    let shift = difference * Double(count).squareRoot()
    let edge = z * null.squareRoot()
    // Where all pairs differ in one direction nothing is left to chance.
    guard alternative > 0 else { return shift > edge }
    let deviation = alternative.squareRoot()
    let chance =
      NormalDistribution.lowerTail((shift - edge) / deviation)
      + NormalDistribution.lowerTail((-shift - edge) / deviation)
    return chance >= power
  }
}
