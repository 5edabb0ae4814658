import Statistics
import TestSupport
import Testing

@Suite struct NormalDistributionTests {
  @Test func quantile_agreesWithSciPy() throws {
    try withEvery("case", in: Golden.read().normalQuantiles) { golden in
      #expect(Golden.agree(NormalDistribution.quantile(upperTail: golden.tail), golden.quantile), "\(golden)")
    }
    #expect(NormalDistribution.quantile(upperTail: 0.5) == 0)
  }

  @Test func quantile_invertsTheTail() {
    withEvery("power", in: 1...280) { power in
      let tail = 0.4 * (0..<power).reduce(1) { product, _ in product / 10 }
      let back = NormalDistribution.upperTail(NormalDistribution.quantile(upperTail: tail))
      #expect(Tolerance(absolute: 0, relative: 1e-12).accepts(back, tail))
    }
  }
}

@Suite struct BetaDistributionTests {
  @Test func tails_agreeWithSciPy() throws {
    try withEvery("case", in: Golden.read().betaTails) { golden in
      let tails = BetaDistribution(golden.a, golden.b).tails(at: golden.x, complement: 1 - golden.x)
      #expect(Golden.agree(tails.lower, golden.lower), "\(golden)")
      #expect(Golden.agree(tails.upper, golden.upper), "\(golden)")
    }
  }

  /// Beta(a, 1) has the distribution function xᵃ, Beta(1, b) 1 - (1-x)ᵇ.
  @Test func quantile_agreesWithClosedForms() {
    for (tail, count) in [(0.025, 20.0), (0.005, 3), (1e-9, 700), (0.4, 1)] {
      var power = BetaDistribution(count, 1).quantile(lowerTail: tail, upperTail: 1 - tail)
      power = (1..<Int(count)).reduce(power) { product, _ in product * power }
      #expect(Tolerance(absolute: 0, relative: 1e-11).accepts(power, tail), "\(tail) \(count)")
    }
  }

  @Test func quantile_invertsTheTails() {
    for (a, b) in [(0.5, 2.0), (3, 4), (1, 500), (250, 251), (20_000, 7)] {
      for tail in [1e-12, 0.001, 0.025, 0.3] {
        let distribution = BetaDistribution(a, b)
        let low = distribution.quantile(lowerTail: tail, upperTail: 1 - tail)
        let high = distribution.quantile(lowerTail: 1 - tail, upperTail: tail)
        // A quantile just below 1 is itself known to no more than 10⁻¹⁶, which a small tail shows.
        let close = Tolerance(absolute: 0, relative: 1e-9)
        #expect(close.accepts(distribution.tails(at: low, complement: 1 - low).lower, tail), "\(a) \(b) \(tail)")
        #expect(close.accepts(distribution.tails(at: high, complement: 1 - high).upper, tail), "\(a) \(b) \(tail)")
        #expect(low < high)
      }
    }
  }
}
