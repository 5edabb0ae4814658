import Foundation
import Randomness
import Statistics
import TestSupport
import Testing

@Suite struct WinRateEstimateTests {
  @Test func winRate_countsTiesAsHalf() throws {
    let estimate = try Bootstrap().winRate(wins: 30, ties: 60, losses: 10)
    #expect(estimate.value == 0.6)
    #expect(estimate.count == 100)
    // Per problem the standard deviation is √(0.4·¼ − 0.1²) = 0.3: ± 1.96·0.03.
    #expect(abs(estimate.interval.lower - 0.541) < 0.006)
    #expect(abs(estimate.interval.upper - 0.659) < 0.006)
  }

  @Test func winRate_isAFunctionOfTheCounts() throws {
    let bootstrap = try Bootstrap(resamples: 500)
    #expect(try bootstrap.winRate(wins: 3, ties: 2, losses: 1) == bootstrap.winRate(wins: 3, ties: 2, losses: 1))
    #expect(try bootstrap.winRate(wins: 3, ties: 2, losses: 1) != bootstrap.winRate(wins: 1, ties: 2, losses: 3))
  }

  @Test func winRate_refusesNegativeCountsAndNoComparisons() throws {
    let bootstrap = try Bootstrap(resamples: 100)
    #expect(throws: StatisticsError.outOfRange(argument: "losses", value: "-1", allowed: "0 and above")) {
      try bootstrap.winRate(wins: 1, ties: 1, losses: -1)
    }
    #expect(throws: StatisticsError.self) { try bootstrap.winRate(wins: 0, ties: 0, losses: 0) }
  }

  /// One win of one says that the rate is hardly below 2.5 %; the bootstrap alone would say that it is 1.
  @Test func winRate_isNeverCertainOfFewProblems() throws {
    let bootstrap = try Bootstrap(resamples: 200)
    let single = try bootstrap.winRate(wins: 1, ties: 0, losses: 0).interval
    #expect(abs(single.lower - 0.025) < 1e-12 && single.upper == 1)
    for count in 1...12 {
      for wins in 0...count {
        for losses in 0...(count - wins) {
          let estimate = try bootstrap.winRate(wins: wins, ties: count - wins - losses, losses: losses)
          let interval = estimate.interval
          #expect(interval.upper - interval.lower > 0.2, "\(wins) \(losses) of \(count)")
          #expect(0 <= interval.lower && interval.upper <= 1)
          #expect(interval.lower <= estimate.value && estimate.value <= interval.upper)
        }
      }
    }
  }

  /// For a thousand problems all methods agree, so that figures of large evaluations hardly move.
  @Test(arguments: [(300, 600), (60, 900), (550, 0), (150, 800), (20, 975)])
  func winRate_isTheBootstrapsForManyProblems(wins: Int, ties: Int) throws {
    let losses = 1_000 - wins - ties
    let bootstrap = try Bootstrap(resamples: 4_000)
    var random = RandomStream(seed: 20)
    let samples = [(0.0, losses), (0.5, ties), (1.0, wins)].flatMap { [Double](repeating: $0.0, count: $0.1) }
    let plain = try bootstrap.mean(of: samples, random: &random).interval
    let widened = try bootstrap.winRate(wins: wins, ties: ties, losses: losses).interval
    #expect(abs(plain.lower - widened.lower) < 0.003 && abs(plain.upper - widened.upper) < 0.003)
  }
}

/// How often a candidate whose win rate is exactly the gate's threshold passes the gate, lower end ≥ threshold, by chance.
@Suite struct WinRateFalsePassTests {
  /// That of milestone M1.
  private static let threshold = 0.55
  private static let tieShares = [0, 0.2, 0.5, 0.8, 0.9]

  /// For each number of wins the most losses with which the gate passes, -1 where it never does.
  private struct Boundary {
    let losses: [Int]
    let threshold: Double

    /// By the score interval alone: the win rate's own lower end is never above it.
    init(score count: Int, threshold: Double = WinRateFalsePassTests.threshold) {
      self.threshold = threshold
      losses = (0...count).map { wins in
        let difference = 2 * threshold - 1
        func passes(_ losses: Int) -> Bool {
          pairedShareInterval(wins: wins, ties: count - wins - losses, losses: losses, confidence: 0.95).lower
            >= difference
        }
        var (passing, failing) = (-1, count - wins + 1)
        while failing - passing > 1 {
          let middle = (passing + failing) / 2
          if passes(middle) { passing = middle } else { failing = middle }
        }
        return passing
      }
    }

    /// By `winRate` itself: more losses lower every resample, so the boundary lies at or below the score's.
    init(
      winRate count: Int, _ bootstrap: Bootstrap, threshold: Double = WinRateFalsePassTests.threshold
    ) throws {
      self.threshold = threshold
      losses = try Boundary(score: count, threshold: threshold).losses.enumerated().map { wins, most in
        var losses = most
        while losses >= 0,
          try bootstrap.winRate(wins: wins, ties: count - wins - losses, losses: losses).interval.lower < threshold
        {
          losses -= 1
        }
        return losses
      }
    }

    /// The exact chance to pass, a sum of trinomial probabilities.
    func passChance(tieShare: Double) -> Double {
      let count = losses.count - 1
      let (winning, losing) = Boundary.rates(tieShare, threshold)
      /// log rateⁿ/n!.
      func term(_ number: Int, _ rate: Double) -> Double {
        number == 0 ? 0 : Double(number) * log(rate) - Binomial.logFactorial(number)
      }
      var chance = 0.0
      for (wins, most) in losses.enumerated() where most >= 0 {
        for losses in 0...most {
          let ties = count - wins - losses
          guard ties == 0 || tieShare > 0 else { continue }
          let outcomes: Double = term(wins, winning) + term(losses, losing) + term(ties, tieShare)
          chance += exp(Binomial.logFactorial(count) + outcomes)
        }
      }
      return chance
    }

    /// Of wins and losses, such that the win rate is the threshold.
    static func rates(
      _ tieShare: Double, _ threshold: Double = WinRateFalsePassTests.threshold
    ) -> (winning: Double, losing: Double) {
      (threshold - tieShare / 2, max(0, 1 - threshold - tieShare / 2))
    }
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6, 8, 9, 10, 12, 20, 50, 100])
  func winRate_passesByChanceInAtMost5Percent(count: Int) throws {
    let boundary = try Boundary(winRate: count, Bootstrap())
    for tieShare in Self.tieShares {
      let chance = boundary.passChance(tieShare: tieShare)
      #expect(chance <= 0.05, "\(count) problems, \(tieShare) ties: \(chance)")
    }
  }

  @Test(arguments: [0.125, 0.25, 0.375, 0.5, 0.7, 0.9])
  func winRate_keepsOtherThresholds(threshold: Double) throws {
    let bootstrap = try Bootstrap(resamples: 2_000)
    for count in 1...12 {
      let boundary = try Boundary(winRate: count, bootstrap, threshold: threshold)
      for part in [0, 0.1, 0.25, 0.5, 0.75, 0.95, 1] {
        let tieShare = part * 2 * min(threshold, 1 - threshold)
        let chance = boundary.passChance(tieShare: tieShare)
        #expect(chance <= 0.05, "\(count) problems, \(tieShare) ties: \(chance)")
      }
    }
  }

  @Test(arguments: [500, 1_000])
  func winRate_passesByChanceInAbout2PercentOfManyProblems(count: Int) {
    let boundary = Boundary(score: count)
    for tieShare in Self.tieShares {
      let chance = boundary.passChance(tieShare: tieShare)
      #expect(chance <= 0.03 && chance >= 0.015, "\(count) problems, \(tieShare) ties: \(chance)")
    }
  }

  @Test func simulated_equalsExact() throws {
    let (count, draws) = (50, 20_000)
    let boundary = try Boundary(winRate: count, Bootstrap())
    for tieShare in Self.tieShares {
      var random = RandomStream(seed: 21, "false passes", tieShare)
      let rates = Boundary.rates(tieShare)
      let passed = (0..<draws).count { _ in
        let (wins, losses) = random.trinomial(trials: count, winning: rates.winning, losing: rates.losing)
        return losses <= boundary.losses[wins]
      }
      let exact = boundary.passChance(tieShare: tieShare)
      let error = (exact * (1 - exact) / Double(draws)).squareRoot()
      #expect(abs(Double(passed) / Double(draws) - exact) <= 4 * error + 1 / Double(draws), "\(tieShare) ties")
    }
  }

  /// The bootstrap alone lets more than 5 % pass: 20 problems without ties.
  @Test func control_thePlainBootstrapPassesMore() throws {
    let bootstrap = try Bootstrap(resamples: 2_000)
    let binomial = Binomial(trials: 20, probability: Self.threshold)
    let chance = (0...20).reduce(0.0) { sum, wins in
      var random = RandomStream(seed: 22)
      let samples = (0..<20).map { $0 < wins ? 1.0 : 0 }
      let lower = (try? bootstrap.mean(of: samples, random: &random).interval.lower) ?? samples[0]
      return lower >= Self.threshold ? sum + binomial.masses[wins] : sum
    }
    #expect(chance > 0.05)
  }

  /// The gate over five seeds: the lower end of Student's interval of five win rates, whose true mean is the threshold.
  @Test(arguments: [(20, 0.0, 0.0), (20, 0.8, 0.03), (300, 0, 0.03), (300, 0.8, 0), (300, 0.8, 0.03)])
  func studentOverSeeds_passesByChanceInAtMost5Percent(count: Int, tieShare: Double, spread: Double) throws {
    var random = RandomStream(seed: 23, "seeds", count, tieShare, spread)
    let draws = 4_000
    var (passed, passedByNormal) = (0, 0)
    for _ in 0..<draws {
      let rates = (0..<5).map { _ in
        let (winning, losing) = Boundary.rates(tieShare)
        // Truncated alike on both sides: the mean over seeds stays the threshold.
        let shift = max(-losing, min(losing, spread * random.normal()))
        let (wins, losses) = random.trinomial(trials: count, winning: winning + shift, losing: losing - shift)
        return 0.5 + Double(wins - losses) / Double(2 * count)
      }
      guard let estimate = try? studentInterval(rates) else { continue }  // all equal: refused, so not passed
      if estimate.interval.lower >= Self.threshold { passed += 1 }
      if estimate.value - 1.96 * estimate.standardError >= Self.threshold { passedByNormal += 1 }
    }
    #expect(passed <= draws * 35 / 1_000)
    #expect(passedByNormal > draws * 5 / 100, "control: the normal quantile passes more than 5 %")
  }
}
