import Statistics
import Testing

@Suite struct StatisticsErrorTests {
  @Test(arguments: [
    (
      StatisticsError.noSamples(statistic: "quantile"),
      "quantile: expected at least one sample, got none. Measure before summarising."
    ),
    (
      .outOfRange(argument: "p", value: "2.0", allowed: "0 < p ≤ 1"),
      "p is 2.0; allowed: 0 < p ≤ 1. Correct the caller."
    ),
    (
      .tooFew(statistic: "bootstrap mean", count: 1, smallest: 6),
      "bootstrap mean: expected at least 6, got 1. Measure more before claiming anything."
    ),
    (
      .noSpread(statistic: "Student interval", count: 5, value: 0.5),
      "Student interval: all 5 values are 0.5; expected a spread to judge by. Measure more, or take an exact method."
    ),
    (
      .notPaired(statistic: "two-level bootstrap", seed: 2, expected: 100, got: 99),
      "two-level bootstrap: seed 2 answers 99 of the first seed's 100 problems once and no other; expected all. "
        + "Ask every seed the same problems."
    ),
  ])
  func description_endsWithARemedy(error: StatisticsError, text: String) {
    #expect("\(error)" == text)
  }
}
