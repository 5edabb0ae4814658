import Statistics
import TestSupport
import Testing

@Suite struct McNemarTestTests {
  @Test func mcNemar_agreesWithStatsmodels() throws {
    try withEvery("case", in: Golden.read().mcnemar) { golden in
      let exact = try mcNemarTest(wins: golden.wins, losses: golden.losses)
      #expect(Golden.agree(exact.pValue, golden.exact), "\(golden)")
      for (corrected, expected) in [(true, golden.corrected), (false, golden.uncorrected)] {
        guard let expected else { continue }
        let outcome = try mcNemarTest(
          wins: golden.wins, losses: golden.losses, method: .chiSquared(continuityCorrected: corrected))
        #expect(Golden.agree(outcome.statistic, expected[0]), "\(golden)")
        #expect(Golden.agree(outcome.pValue, expected[1]), "\(golden)")
      }
    }
  }

  /// If nothing differs, the exact test finds a difference at 5 % in at most 5 % of samples; χ² uncorrected in more.
  @Test func mcNemar_exactKeepsItsLevel() throws {
    var worst = 0.0
    try withEvery("discordant pairs", in: 1...60) { count in
      let binomial = Binomial(trials: count, probability: 0.5)
      let exact = try (0...count).filter { try mcNemarTest(wins: $0, losses: count - $0).pValue <= 0.05 }
      #expect(exact.reduce(0) { $0 + binomial.masses[$1] } <= 0.05)
      guard count >= 25 else { return }
      let approximate = try (0...count).filter {
        try mcNemarTest(wins: $0, losses: count - $0, method: .chiSquared(continuityCorrected: false)).pValue <= 0.05
      }
      worst = max(worst, approximate.reduce(0) { $0 + binomial.masses[$1] })
    }
    #expect(worst > 0.05, "control: the uncorrected approximation does not keep it")
  }

  @Test func mcNemar_refusesWhatItCannotSupport() {
    #expect(throws: StatisticsError.outOfRange(argument: "wins", value: "-1", allowed: "0 and above")) {
      try mcNemarTest(wins: -1, losses: 3)
    }
    #expect(
      throws: StatisticsError.tooFew(statistic: "McNemar χ² test (discordant pairs)", count: 24, smallest: 25)
    ) {
      try mcNemarTest(wins: 20, losses: 4, method: .chiSquared(continuityCorrected: true))
    }
  }
}
