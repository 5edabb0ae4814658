import Randomness
import Statistics
import TestSupport
import Testing

@Suite struct StudentIntervalTests {
  @Test func student_agreesWithSciPy() throws {
    try withEvery("case", in: Golden.read().student) { golden in
      let estimate = try studentInterval(golden.values, confidence: golden.confidence)
      let quantile = studentQuantile(
        upperTail: (1 - golden.confidence) / 2, degreesOfFreedom: Double(golden.values.count - 1))
      #expect(Golden.agree(quantile, golden.quantile), "\(golden)")
      #expect(Golden.agree(estimate.value, golden.mean), "\(golden)")
      #expect(Golden.agree(estimate.standardError, golden.standardError), "\(golden)")
      #expect(Golden.agree(estimate.interval.lower, golden.interval[0]), "\(golden)")
      #expect(Golden.agree(estimate.interval.upper, golden.interval[1]), "\(golden)")
    }
  }

  /// For normal values the interval is exact: of 20,000 at 95 % 19,000 cover, with a standard deviation of 31.
  @Test func student_coversAsItSays() throws {
    var random = RandomStream(seed: 11, "student")
    var (covered, coveredByNormal) = (0, 0)
    for _ in 0..<20_000 {
      let estimate = try studentInterval((0..<5).map { _ in random.normal() })
      if estimate.interval.lower <= 0 && 0 <= estimate.interval.upper { covered += 1 }
      if abs(estimate.value) <= 1.96 * estimate.standardError { coveredByNormal += 1 }
    }
    #expect(abs(covered - 19_000) < 124)
    #expect(abs(coveredByNormal - 19_000) > 124, "control: with the normal quantile five values are not enough")
  }

  @Test func student_refusesWhatItCannotSupport() {
    #expect(throws: StatisticsError.noSamples(statistic: "Student interval")) { try studentInterval([]) }
    #expect(throws: StatisticsError.tooFew(statistic: "Student interval", count: 1, smallest: 2)) {
      try studentInterval([0.6])
    }
    #expect(throws: StatisticsError.noSpread(statistic: "Student interval", count: 5, value: 0.5)) {
      try studentInterval([0.5, 0.5, 0.5, 0.5, 0.5])
    }
    #expect(throws: StatisticsError.self) { try studentInterval([0.5, .nan]) }
    #expect(throws: StatisticsError.self) { try studentInterval([0.5, 0.6], confidence: 1) }
  }
}
