import Randomness
import Statistics
import TestSupport
import Testing

@Suite struct BootstrapSeedsTests {  // Sources/Statistics/Bootstrap+Seeds.swift
  @Test func meanOverSeeds_agreesWithNumpyOnTheSameResamples() throws {
    try withEvery("case", in: Golden.read().seeds) { golden in
      var indices = golden.indices.makeIterator()
      let estimate = try Bootstrap(resamples: golden.resamples, confidence: golden.confidence)
        .mean(overSeeds: golden.values) { _ in indices.next() ?? -1 }
      #expect(indices.next() == nil, "every index is drawn")
      #expect(Golden.agree(estimate.value, golden.value))
      #expect(Golden.agree(estimate.standardError, golden.standardError))
      #expect(Golden.agree(estimate.interval.lower, golden.percentile[0]))
      #expect(Golden.agree(estimate.interval.upper, golden.percentile[1]))
      #expect(estimate.count == golden.values.count)
    }
  }

  /// Where problems differ and seeds do not, five seeds are hardly more evidence than one.
  @Test func meanOverSeeds_coversWhereProblemsDiffer() throws {
    var random = RandomStream(seed: 14, "seeds")
    let bootstrap = try Bootstrap(resamples: 400)
    var (covered, coveredNested) = (0, 0)
    for _ in 0..<200 {
      let problems = (0..<40).map { _ in random.normal() }
      let values = (0..<5).map { _ in problems.map { $0 + 0.3 * random.normal() } }
      let interval = try bootstrap.mean(overSeeds: values, random: &random).interval
      if interval.lower <= 0, 0 <= interval.upper { covered += 1 }
      let nested = nestedMeans(values, resamples: 400, random: &random)
      if nested[9] <= 0, 0 <= nested[389] { coveredNested += 1 }
    }
    #expect(covered >= 180)
    #expect(coveredNested < 150, "control: problems drawn for each seed anew pass for five times as many")
  }

  @Test func winRateOverSeeds_pairsByProblem() throws {
    var (one, other) = (RandomStream(seed: 15), RandomStream(seed: 15))
    let bootstrap = try Bootstrap(resamples: 300)
    let scores = (0..<3).map { seed in
      (0..<20).map { PairedScore(problem: $0, candidate: Double(($0 + seed) % 3), reference: 1) }
    }
    let estimate = try bootstrap.winRate(overSeeds: scores, random: &one)
    #expect(abs(estimate.value - 0.5) < 0.02 && estimate.count == 3)
    #expect(try bootstrap.winRate(overSeeds: [scores[0], scores[1].reversed(), scores[2]], random: &other) == estimate)
  }

  @Test func winRateOverSeeds_refusesOtherProblems() throws {
    var random = RandomStream(seed: 16)
    let bootstrap = try Bootstrap(resamples: 100)
    let scores = (0..<8).map { PairedScore(problem: $0, candidate: Double($0 % 2), reference: 0) }
    let others = [
      Array(scores.dropLast()), scores.dropLast() + [scores[0]],
      scores.dropLast() + [PairedScore(problem: 99, candidate: 1, reference: 0)], scores + [scores[0]],
    ]
    for other in others {
      #expect(throws: StatisticsError.self) { try bootstrap.winRate(overSeeds: [scores, other], random: &random) }
    }
    #expect(
      throws: StatisticsError.notPaired(statistic: "two-level bootstrap win rate", seed: 1, expected: 8, got: 7)
    ) { try bootstrap.winRate(overSeeds: [scores, others[0]], random: &random) }
    #expect(throws: StatisticsError.tooFew(statistic: "two-level bootstrap win rate (seeds)", count: 1, smallest: 2)) {
      try bootstrap.winRate(overSeeds: [scores], random: &random)
    }
    #expect(try bootstrap.winRate(overSeeds: [scores, scores], random: &random).count == 2, "control: twice the same")
  }

  @Test func meanOverSeeds_refusesWhatItCannotSupport() throws {
    var random = RandomStream(seed: 17)
    let bootstrap = try Bootstrap(resamples: 100)
    let row = [1.0, 2, 3, 4, 5, 6]
    #expect(throws: StatisticsError.tooFew(statistic: "two-level bootstrap (problems)", count: 5, smallest: 6)) {
      try bootstrap.mean(overSeeds: [Array(row.dropLast()), Array(row.dropLast())], random: &random)
    }
    #expect(throws: StatisticsError.tooFew(statistic: "two-level bootstrap (seeds)", count: 0, smallest: 2)) {
      try bootstrap.mean(overSeeds: [], random: &random)
    }
    let equal = [Double](repeating: 0.5, count: 6)
    #expect(throws: StatisticsError.noSpread(statistic: "two-level bootstrap", count: 12, value: 0.5)) {
      try bootstrap.mean(overSeeds: [equal, equal], random: &random)
    }
    #expect(throws: StatisticsError.self) { try bootstrap.mean(overSeeds: [row, row + [7]], random: &random) }
    #expect(throws: StatisticsError.self) {
      try bootstrap.mean(overSeeds: [row, equal.dropLast() + [.nan]], random: &random)
    }
    #expect(throws: StatisticsError.self) {
      try Bootstrap(resamples: 100, method: .biasCorrectedAccelerated).mean(overSeeds: [row, row], random: &random)
    }
    let ties = (0..<2).map { _ in (0..<6).map { PairedScore(problem: $0, candidate: 1, reference: 1) } }
    let interval = try bootstrap.winRate(overSeeds: ties, random: &random).interval
    #expect(interval.lower < 0.1 && interval.upper > 0.9, "two seeds that tie say little of the next")
  }

  /// The means of a two-level bootstrap that draws the problems of each seed anew, ascending.
  private func nestedMeans(_ values: [[Double]], resamples: Int, random: inout RandomStream) -> [Double] {
    (0..<resamples).map { _ in
      var sum = 0.0
      for _ in values {
        let row = values[random.index(below: values.count)]
        for _ in row { sum += row[random.index(below: row.count)] }
      }
      return sum / Double(values.count * values[0].count)
    }.sorted()
  }
}
