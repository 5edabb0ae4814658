import Randomness
import Statistics
import TestSupport
import Testing

@Suite struct MinimumDetectableEffectTests {
  @Test func effect_agreesWithStatsmodelsPower() throws {
    try withEvery("case", in: Golden.read().effects) { golden in
      let effect =
        golden.kind == "paired"
        ? try minimumDetectableEffect(
          pairs: golden.count, discordantShare: golden.share, alpha: golden.alpha, power: golden.power)
        : try minimumDetectableEffect(
          baseline: golden.share, countPerGroup: golden.count, alpha: golden.alpha, power: golden.power)
      #expect(Golden.agree(effect, golden.effect), "\(golden) \(effect)")
    }
  }

  /// With the difference it names, McNemar's test finds it about as often as it says; with half of it far less often.
  @Test func effect_isFoundAsOftenAsItSays() throws {
    let effect = try minimumDetectableEffect(pairs: 400, discordantShare: 0.3)
    func found(_ difference: Double) throws -> Int {
      var random = RandomStream(seed: 13, "power")
      return try (0..<2_000).count { _ in
        let (wins, losses) = random.trinomial(
          trials: 400, winning: (0.3 + difference) / 2, losing: (0.3 - difference) / 2)
        return try mcNemarTest(wins: wins, losses: losses, method: .chiSquared(continuityCorrected: false)).pValue
          <= 0.05
      }
    }
    #expect(try abs(found(effect) - 1_600) < 80)
    #expect(try found(effect / 2) < 800, "control")
  }

  @Test func effect_namesHowManyWouldDo() throws {
    #expect(
      throws: StatisticsError.tooFew(
        statistic: "minimum detectable effect (pairs)", count: 10, smallest: try smallest { try pairs($0) })
    ) { try minimumDetectableEffect(pairs: 10, discordantShare: 0.1) }
    #expect(throws: StatisticsError.self) { try minimumDetectableEffect(baseline: 0.9, countPerGroup: 5) }
    #expect(throws: StatisticsError.self) { try minimumDetectableEffect(pairs: 100, discordantShare: 0) }
    #expect(throws: StatisticsError.self) { try minimumDetectableEffect(pairs: 100, discordantShare: 0.3, power: 0.01) }
    #expect(throws: StatisticsError.self) { try minimumDetectableEffect(pairs: 100, discordantShare: 0.3, alpha: .nan) }
    #expect(throws: StatisticsError.self) { try minimumDetectableEffect(baseline: 1, countPerGroup: 100) }
  }

  private func pairs(_ count: Int) throws -> Double { try minimumDetectableEffect(pairs: count, discordantShare: 0.1) }

  private func smallest(_ effect: (Int) throws -> Double) throws -> Int {
    try #require((1...10_000).first { (try? effect($0)) != nil })
  }
}
