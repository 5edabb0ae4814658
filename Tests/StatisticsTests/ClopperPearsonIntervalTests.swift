import Statistics
import TestSupport
import Testing

@Suite struct ClopperPearsonIntervalTests {
  @Test func clopperPearson_agreesWithSciPy() throws {
    try withEvery("case", in: Golden.read().shares) { golden in
      let interval = try clopperPearsonInterval(
        successes: golden.successes, trials: golden.trials, confidence: golden.confidence)
      #expect(Golden.agree(interval.lower, golden.clopperPearson[0]), "\(golden)")
      #expect(Golden.agree(interval.upper, golden.clopperPearson[1]), "\(golden)")
    }
  }

  @Test func clopperPearson_refusesImpossibleCounts() {
    #expect(throws: StatisticsError.noSamples(statistic: "Clopper–Pearson interval")) {
      try clopperPearsonInterval(successes: 0, trials: 0)
    }
    #expect(throws: StatisticsError.outOfRange(argument: "successes", value: "6", allowed: "0...5")) {
      try clopperPearsonInterval(successes: 6, trials: 5)
    }
    for confidence in [0, 1, -0.5, .nan] {
      #expect(throws: StatisticsError.self) {
        try clopperPearsonInterval(successes: 1, trials: 5, confidence: confidence)
      }
    }
  }
}
