import Randomness
import Statistics
import TestSupport
import Testing

@Suite struct DecimalShareTests {
  private static let counts = [
    1, 2, 7, 99, 100, 101, 200, 400, 999, 1_000, 2_000, 5_000, 9_999, 10_000, 20_000, 100_000,
  ]

  /// The ranks of ⌈(1-c)/2·B⌉ and ⌈(1+c)/2·B⌉ in integers, for every thousandth c.
  @Test func intervalRanks_areExact() {
    withEvery("thousandth", in: 1...999) { thousandth in
      let share = DecimalShare(Double(thousandth) / 1_000)
      for count in Self.counts {
        let ranks = share.intervalRanks(of: count)
        #expect(ranks.lower == ((1_000 - thousandth) * count + 1_999) / 2_000, "\(count)")
        #expect(ranks.upper == ((1_000 + thousandth) * count + 1_999) / 2_000, "\(count)")
      }
    }
    #expect(DecimalShare(0.95).intervalRanks(of: 10_000) == (250, 9_750))
    #expect(DecimalShare(0.99).intervalRanks(of: 10_000) == (50, 9_950))
    let binary = ((1 - 0.95) / 2 * 10_000).rounded(.up)
    #expect(binary == 251, "control: in binary the lower rank is one too high")
  }

  /// ⌈p·n⌉ for fractions of every power of ten up to 10¹⁵.
  @Test func rank_isExact() {
    var random = RandomStream(seed: 1, "ranks")
    withEvery("draw", in: 0..<20_000) { _ in
      let scale = (0..<random.integer(in: 1...15)).reduce(1) { power, _ in power * 10 }
      let numerator = random.integer(in: 1...scale)
      let count = random.integer(in: 1...1_000)
      let product = numerator.multipliedFullWidth(by: count)
      let (quotient, remainder) = scale.dividingFullWidth(product)
      let expected = quotient + (remainder > 0 ? 1 : 0)
      #expect(DecimalShare(Double(numerator) / Double(scale)).rank(of: count) == expected, "\(numerator)/\(scale)")
    }
  }

  @Test func rank_staysWithinTheSamples() {
    for share in [Double.leastNonzeroMagnitude, 1e-30, 1e-17, 5e-5, 0.1 + 0.2, 1.0.nextDown, 1] {
      for count in [1, 3, Int.max] {
        #expect((1...count).contains(DecimalShare(share).rank(of: count)))
      }
    }
    #expect(DecimalShare(1).rank(of: Int.max) == Int.max)
    #expect(DecimalShare(5e-05).rank(of: 20_000) == 1 && DecimalShare(5e-05).rank(of: 20_001) == 2)
  }

  /// The lower end of a percentile interval is the 250th of 10,000 means.
  @Test func bootstrap_takesTheseRanks() throws {
    let clusters = (0..<6).map { [Double($0)] }
    // Of the means 0, 1, 2, …: resample r draws the cluster 0 but for what is needed to tell resamples apart.
    var drawn = 0
    let estimate = try Bootstrap(resamples: 10_000).mean(ofClusters: clusters) {
      defer { drawn += 1 }
      return drawn / 6 < 250 ? 0 : drawn / 6 < 9_750 ? 3 : 5
    }
    #expect(estimate.interval == Interval(lower: 0, upper: 3))
  }
}
