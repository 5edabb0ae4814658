import Statistics
import TestSupport
import Testing

@Suite struct WilsonIntervalTests {
  @Test func wilson_agreesWithStatsmodels() throws {
    try withEvery("case", in: Golden.read().shares) { golden in
      let interval = try wilsonInterval(
        successes: golden.successes, trials: golden.trials, confidence: golden.confidence)
      #expect(Golden.agree(interval.lower, golden.wilson[0]), "\(golden)")
      #expect(Golden.agree(interval.upper, golden.wilson[1]), "\(golden)")
    }
  }

  @Test func confidence_isTheDefaultAt95Percent() throws {
    let (one, other) = try (
      wilsonInterval(successes: 81, trials: 263), wilsonInterval(successes: 81, trials: 263, confidence: 0.95)
    )
    #expect(Golden.agree(one.lower, other.lower) && Golden.agree(one.upper, other.upper))
    #expect(throws: StatisticsError.outOfRange(argument: "confidence", value: "1.0", allowed: "0 < confidence < 1")) {
      try wilsonInterval(successes: 1, trials: 2, confidence: 1)
    }
  }

  /// Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3.
  @Test(arguments: [
    (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611), (1, 29, 0.0061, 0.1718),
  ])
  func wilson_agreesWithNewcombe(successes: Int, trials: Int, lower: Double, upper: Double) throws {
    let interval = try wilsonInterval(successes: successes, trials: trials)
    #expect(abs(interval.lower - lower) < 5e-5)
    #expect(abs(interval.upper - upper) < 5e-5)
  }

  @Test func wilson_isSymmetricAndBounded() throws {
    for trials in [1, 2, 7, 500] {
      for successes in 0...trials {
        let one = try wilsonInterval(successes: successes, trials: trials)
        let other = try wilsonInterval(successes: trials - successes, trials: trials)
        #expect(abs(one.lower - (1 - other.upper)) < 1e-12)
        #expect(0 <= one.lower && one.lower < one.upper && one.upper <= 1)
        let share = Double(successes) / Double(trials)
        #expect(one.lower <= share && share <= one.upper)
      }
    }
    #expect(try wilsonInterval(successes: 0, trials: 9).lower == 0)
    #expect(try wilsonInterval(successes: 9, trials: 9).upper == 1)
    #expect(try wilsonInterval(successes: 9, trials: 9).lower < 0.75, "control: nine of nine is no proof of 95 %")
  }

  @Test func wilson_refusesImpossibleCounts() {
    #expect(throws: StatisticsError.self) { try wilsonInterval(successes: 0, trials: 0) }
    #expect(throws: StatisticsError.self) { try wilsonInterval(successes: -1, trials: 5) }
    #expect(throws: StatisticsError.self) { try wilsonInterval(successes: 6, trials: 5) }
    #expect(throws: StatisticsError.self) { try wilsonInterval(successes: 1, trials: 5, z: .nan) }
  }
}
