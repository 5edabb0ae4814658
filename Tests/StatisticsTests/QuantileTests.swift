import Statistics
import Testing

@Suite struct QuantileTests {
  /// The example of https://en.wikipedia.org/wiki/Percentile#The_nearest-rank_method.
  @Test(arguments: [(0.05, 15.0), (0.30, 20), (0.40, 20), (0.50, 35), (1.00, 50)])
  func nearestRank_agreesWithTextbook(p: Double, expected: Double) throws {
    #expect(try nearestRankQuantile(p, of: [50, 15, 35, 20, 40]) == expected)
  }

  /// ⌈p·n⌉ for every hundredth and n = 100 is the hundredth itself, although 0.07 · 100 > 7 in binary.
  @Test func nearestRank_isExactWhereTheProductIsAnInteger() throws {
    let samples = (1...100).map(Double.init)
    for percent in 1...100 {
      #expect(try nearestRankQuantile(Double(percent) / 100, of: samples) == Double(percent))
    }
  }

  @Test func nearestRank_countsFailuresAsInfinite() throws {
    let fast = [Double](repeating: 10, count: 95)
    #expect(try nearestRankQuantile(0.95, of: fast + [Double](repeating: .infinity, count: 5)) == 10)
    #expect(try nearestRankQuantile(0.95, of: fast.dropLast() + [Double](repeating: .infinity, count: 6)) == .infinity)
  }

  @Test func nearestRank_refusesNoDataAndNaN() {
    #expect(throws: StatisticsError.noSamples(statistic: "quantile")) { try nearestRankQuantile(0.5, of: []) }
    #expect(throws: StatisticsError.self) { try nearestRankQuantile(0.5, of: [1, .nan]) }
    #expect(throws: StatisticsError.self) { try nearestRankQuantile(0.5, of: [1, -.infinity]) }
    for p in [0, -1, 1.01, Double.nan] {
      #expect(throws: StatisticsError.self) { try nearestRankQuantile(p, of: [1]) }
    }
  }
}
