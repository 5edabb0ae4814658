import Randomness
import Statistics
import TestSupport
import Testing

/// How often intervals of a proportion contain it: computed exactly, and simulated.
@Suite struct CoverageTests {
  typealias Method = @Sendable (_ successes: Int, _ trials: Int) -> Interval?

  private static let methods: [(name: String, method: Method)] = [
    ("Wilson", { try? wilsonInterval(successes: $0, trials: $1) }),
    ("Clopper–Pearson", { try? clopperPearsonInterval(successes: $0, trials: $1) }),
    ("percentile", { bootstrap(.percentile, $0, $1) }),
    ("BCa", { bootstrap(.biasCorrectedAccelerated, $0, $1) }),
    ("win rate", { try? Bootstrap(resamples: 400).winRate(wins: $0, ties: 0, losses: $1 - $0).interval }),
    ("Wald", wald),
  ]

  /// p̂ ± 1.96·√(p̂(1-p̂)/n): the control that every demand must refuse.
  private static let wald: Method = { successes, trials in
    let share = Double(successes) / Double(trials)
    let margin = 1.96 * (share * (1 - share) / Double(trials)).squareRoot()
    return Interval(lower: share - margin, upper: share + margin)
  }

  private static func bootstrap(_ method: Bootstrap.Method, _ successes: Int, _ trials: Int) -> Interval? {
    var random = RandomStream(seed: 18, "coverage", successes)
    let samples = (0..<trials).map { $0 < successes ? 1.0 : 0 }
    return try? Bootstrap(resamples: 400, method: method).mean(of: samples, random: &random).interval
  }

  private static func intervals(_ method: Method, trials: Int) -> [Interval?] {
    (0...trials).map { method($0, trials) }
  }

  @Test func simulated_equalsExact() {
    let draws = 20_000
    var isBiasNoticed = false
    for trials in [6, 10, 30, 100] {
      let tables = Self.methods.map { ($0.name, Self.intervals($0.method, trials: trials)) }
      for probability in [0.05, 0.2, 0.5, 0.9] {
        let binomial = Binomial(trials: trials, probability: probability)
        var random = RandomStream(seed: 19, trials, probability)
        let drawn = (0..<draws).map { _ in random.binomial(trials: trials, probability: probability) }
        let biased = (0..<draws).map { _ in random.binomial(trials: trials, probability: probability + 0.03) }
        for (name, intervals) in tables {
          func share(_ drawn: [Int]) -> Double {
            Double(drawn.count { intervals[$0].map { binomial.covers($0) } ?? false }) / Double(draws)
          }
          let exact = binomial.coverage(intervals)
          let allowed = 4.5 * (exact * (1 - exact) / Double(draws)).squareRoot() + 1 / Double(draws)
          #expect(abs(share(drawn) - exact) <= allowed, "\(name), \(trials) trials, p = \(probability)")
          if abs(share(biased) - exact) > allowed { isBiasNoticed = true }
        }
      }
    }
    #expect(isBiasNoticed, "control: draws with another p do not agree")
  }

  @Test func wilson_coversOnAverage() throws {
    let wilson = Self.methods[0].method
    for trials in [10, 11, 13, 17, 20, 30, 50, 100, 200, 500] {
      let average = Self.averageCoverage(Self.intervals(wilson, trials: trials), trials: trials)
      #expect((0.945...0.96).contains(average), "\(trials) trials: \(average)")
    }
    let control = Self.averageCoverage(Self.intervals(Self.wald, trials: 20), trials: 20)
    #expect(!(0.945...0.96).contains(control), "control: Wald's interval of 20 trials covers \(control)")
  }

  /// Over p in [0.05, 0.95].
  private static func averageCoverage(_ intervals: [Interval?], trials: Int) -> Double {
    let shares = (0...180).map { 0.05 + 0.005 * Double($0) }
    return shares.reduce(0) { $0 + Binomial(trials: trials, probability: $1).coverage(intervals) }
      / Double(shares.count)
  }

  @Test func clopperPearson_neverCoversLess() {
    var worstWilson = 1.0
    for trials in [1, 2, 3, 5, 8, 13, 20, 40, 100] {
      let exact = Self.intervals(Self.methods[1].method, trials: trials)
      let wilson = Self.intervals(Self.methods[0].method, trials: trials)
      // Coverage is lowest just beside the ends of intervals.
      let ends = exact.compactMap { $0 }.flatMap {
        [$0.lower + 1e-9, $0.upper - 1e-9, $0.lower - 1e-9, $0.upper + 1e-9]
      }
      for probability in ends + (1...99).map({ Double($0) / 100 }) where probability > 0 && probability < 1 {
        let binomial = Binomial(trials: trials, probability: probability)
        #expect(binomial.coverage(exact) >= 0.95 - 1e-7, "\(trials) trials, p = \(probability)")
        worstWilson = min(worstWilson, binomial.coverage(wilson))
      }
    }
    #expect(worstWilson < 0.9, "control: Wilson's interval does not promise this")
  }
}
