import Randomness
import Statistics
import Testing

@Suite struct BootstrapTests {
  /// Efron & Tibshirani 1993, tables 2.1 and 2.2: seven treated mice; mean 86.86, bootstrap standard error 23.36 as B →
  /// ∞.
  @Test func mean_agreesWithEfronAndTibshirani() throws {
    var random = RandomStream(seed: 1, "mice")
    let estimate = try Bootstrap(resamples: 20_000).mean(of: [94, 197, 16, 38, 99, 141, 23], random: &random)
    #expect(abs(estimate.value - 86.857) < 1e-3)
    #expect(abs(estimate.standardError - 23.36) < 0.5)
    #expect(estimate.interval.lower > 40 && estimate.interval.lower < 50)
    #expect(estimate.interval.upper > 128 && estimate.interval.upper < 138)
    #expect(estimate.count == 7)
  }

  /// For many samples the percentile interval is the normal one.
  @Test func mean_agreesWithTheNormalInterval() throws {
    var random = RandomStream(seed: 2, "large")
    let samples = (0..<2_000).map { $0 % 4 == 0 ? 1.0 : 0.0 }
    let estimate = try Bootstrap(resamples: 4_000).mean(of: samples, random: &random)
    let error = (0.25 * 0.75 / 2_000).squareRoot()
    #expect(abs(estimate.interval.lower - (0.25 - 1.96 * error)) < 0.1 * error)
    #expect(abs(estimate.interval.upper - (0.25 + 1.96 * error)) < 0.1 * error)
  }

  /// Of 200 intervals at 95 % about 190 contain the truth; fewer than 178 or 200 of 200 have a chance below 0.1 %.
  @Test func mean_coversTheTruth() throws {
    var hits = 0
    for seed in 0..<200 {
      var random = RandomStream(seed: UInt64(seed), "coverage")
      let samples = random.normals(60).map(Double.init)
      let interval = try Bootstrap(resamples: 400).mean(of: samples, random: &random).interval
      if interval.lower <= 0, 0 <= interval.upper { hits += 1 }
    }
    #expect(hits >= 178 && hits < 200)
  }

  @Test func equalStreams_giveEqualIntervals() throws {
    var (one, same, other) = (RandomStream(seed: 3), RandomStream(seed: 3), RandomStream(seed: 4))
    let samples = (0..<50).map { Double($0 * $0 % 17) }
    let bootstrap = try Bootstrap(resamples: 500)
    let first = try bootstrap.mean(of: samples, random: &one)
    #expect(try bootstrap.mean(of: samples, random: &same) == first)
    #expect(try bootstrap.mean(of: samples, random: &other) != first)
  }

  /// Ten identical samples a problem are ten times the rows but no more evidence.
  @Test func winRate_clustersByProblem() throws {
    let bootstrap = try Bootstrap(resamples: 2_000)
    let single = (0..<40).map { PairedScore(problem: $0, candidate: $0 % 3 == 0 ? 0 : 1, reference: 0.5) }
    let repeated = single.flatMap { [PairedScore<Int>](repeating: $0, count: 10) }
    var (one, ten, naive) = (RandomStream(seed: 5), RandomStream(seed: 5), RandomStream(seed: 5))
    let expected = try bootstrap.winRate(single, random: &one)
    let clustered = try bootstrap.winRate(repeated, random: &ten)
    #expect(abs(clustered.standardError - expected.standardError) < 1e-12)
    #expect(clustered.count == 40)
    let rows = repeated.enumerated().map {
      PairedScore(problem: $0.offset, candidate: $0.element.candidate, reference: 0.5)
    }
    let unclustered = try bootstrap.winRate(rows, random: &naive)
    #expect(unclustered.standardError < 0.5 * expected.standardError, "control: without clusters it looks too certain")
  }

  @Test func winRate_countsTiesHalf() throws {
    var random = RandomStream(seed: 6)
    let scores = [(1.0, 0.0), (0, 1), (0.5, 0.5), (1, 0)].enumerated().map {
      PairedScore(problem: $0.offset, candidate: $0.element.0, reference: $0.element.1)
    }
    #expect(try Bootstrap(resamples: 100).winRate(scores, random: &random).value == 0.625)
    #expect(try Bootstrap(resamples: 100).difference(scores, random: &random).value == 0.25)
  }

  /// Pairing removes what both share: scores that differ by a constant have no uncertainty at all.
  @Test func difference_isPaired() throws {
    var random = RandomStream(seed: 7)
    let scores = (0..<30).map { PairedScore(problem: "\($0)", candidate: Double($0) + 2, reference: Double($0)) }
    let estimate = try Bootstrap(resamples: 200).difference(scores, random: &random)
    #expect(estimate.interval == Interval(lower: 2, upper: 2))
  }

  @Test func badSamples_areRefused() throws {
    var random = RandomStream(seed: 8)
    let bootstrap = try Bootstrap(resamples: 100)
    #expect(throws: StatisticsError.noSamples(statistic: "bootstrap mean")) {
      try bootstrap.mean(of: [], random: &random)
    }
    #expect(throws: StatisticsError.self) { try bootstrap.mean(of: [1, .nan], random: &random) }
    #expect(throws: StatisticsError.self) { try bootstrap.mean(ofClusters: [[1], []], random: &random) }
    let bad = [PairedScore(problem: 1, candidate: .nan, reference: 0)]
    #expect(throws: StatisticsError.self) { try bootstrap.winRate(bad, random: &random) }
    #expect(throws: StatisticsError.self) { try Bootstrap(resamples: 5) }
    #expect(throws: StatisticsError.self) { try Bootstrap(confidence: 1) }
  }
}

@Suite struct WinRateEstimateTests {  // Sources/Statistics/WinRateEstimate.swift
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
}
