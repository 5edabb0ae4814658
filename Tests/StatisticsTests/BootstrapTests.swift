import Randomness
import Statistics
import TestSupport
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
    let scores = [(1.0, 0.0), (0, 1), (0.5, 0.5), (1, 0), (1, 0), (0, 0), (1, 1), (0, 0)].enumerated().map {
      PairedScore(problem: $0.offset, candidate: $0.element.0, reference: $0.element.1)
    }
    #expect(try Bootstrap(resamples: 100).winRate(scores, random: &random).value == 0.625)
    #expect(try Bootstrap(resamples: 100).difference(scores, random: &random).value == 0.25)
  }

  /// Pairing removes what both share: scores from 0 to 29 that differ by about 2 tell the 2 to within 0.1.
  @Test func difference_isPaired() throws {
    var random = RandomStream(seed: 7)
    let scores = (0..<30).map {
      PairedScore(problem: "\($0)", candidate: Double($0) + ($0 % 2 == 0 ? 1.9 : 2.1), reference: Double($0))
    }
    let estimate = try Bootstrap(resamples: 500).difference(scores, random: &random)
    #expect(abs(estimate.value - 2) < 1e-12)
    #expect(1.9 < estimate.interval.lower && estimate.interval.upper < 2.1)
    let single = try Bootstrap(resamples: 500).mean(of: scores.map(\.candidate), random: &random)
    #expect(single.standardError > 1, "control: of one side alone")
  }

  @Test func intervals_agreeWithSciPyOnTheSameResamples() throws {
    try withEvery("case", in: Golden.read().bootstraps) { golden in
      for (method, expected) in [
        (Bootstrap.Method.percentile, golden.percentile), (.biasCorrectedAccelerated, golden.corrected),
      ] {
        let bootstrap = try Bootstrap(resamples: golden.resamples, confidence: golden.confidence, method: method)
        var indices = golden.indices.makeIterator()
        let estimate = try bootstrap.mean(ofClusters: golden.clusters) { indices.next() ?? -1 }
        #expect(indices.next() == nil, "every index is drawn")
        #expect(Golden.agree(estimate.value, golden.value))
        #expect(Golden.agree(estimate.standardError, golden.standardError))
        #expect(Golden.agree(estimate.interval.lower, expected[0]), "\(golden.name) \(method)")
        #expect(Golden.agree(estimate.interval.upper, expected[1]), "\(golden.name) \(method)")
      }
    }
    let skewed = try #require(try Golden.read().bootstraps.first { $0.name == "skewed" && $0.confidence == 0.95 })
    #expect(skewed.percentile[1] < skewed.corrected[1], "control: the methods differ where samples are skewed")
  }

  @Test func smallestCount_isWhereTheRangeItselfSuffices() throws {
    for (confidence, count) in [(0.5, 2), (0.8, 4), (0.9, 5), (0.95, 6), (0.99, 8), (0.999, 11)] {
      #expect(try Bootstrap(confidence: confidence).smallestCount == count)
    }
  }

  @Test func fewAndEqualSamples_areRefused() throws {
    var random = RandomStream(seed: 9)
    let bootstrap = try Bootstrap(resamples: 200)
    #expect(throws: StatisticsError.tooFew(statistic: "bootstrap mean", count: 5, smallest: 6)) {
      try bootstrap.mean(of: [1, 2, 3, 4, 5], random: &random)
    }
    #expect(throws: StatisticsError.tooFew(statistic: "bootstrap win rate", count: 1, smallest: 6)) {
      try bootstrap.winRate([PairedScore(problem: 0, candidate: 1, reference: 0)], random: &random)
    }
    #expect(throws: StatisticsError.noSpread(statistic: "bootstrap mean", count: 30, value: 2)) {
      try bootstrap.mean(of: [Double](repeating: 2, count: 30), random: &random)
    }
    #expect(try bootstrap.mean(of: [1, 2, 3, 4, 5, 6], random: &random).count == 6, "control: six are enough")
  }

  @Test func winRate_ofEqualOutcomesIsExact() throws {
    var random = RandomStream(seed: 10)
    let wins = (0..<30).map { PairedScore(problem: $0, candidate: 1, reference: 0) }
    let interval = try Bootstrap(resamples: 200).winRate(wins, random: &random).interval
    let exact = try clopperPearsonInterval(successes: 30, trials: 30)
    #expect(Golden.agree(interval.lower, exact.lower) && interval.upper == 1)
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
