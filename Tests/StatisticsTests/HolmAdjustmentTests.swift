import Randomness
import Statistics
import TestSupport
import Testing

@Suite struct HolmAdjustmentTests {
  @Test func holm_agreesWithStatsmodels() throws {
    try withEvery("case", in: Golden.read().holm) { golden in
      let adjusted = try holmAdjusted(golden.values)
      #expect(adjusted.count == golden.adjusted.count)
      #expect(zip(adjusted, golden.adjusted).allSatisfy { Golden.agree($0, $1) }, "\(golden)")
    }
  }

  /// Of ten true hypotheses one is refuted at 5 % in at most 5 % of families; without adjustment in 40 %.
  @Test func holm_keepsTheFamilysLevel() throws {
    var random = RandomStream(seed: 12, "holm")
    var (adjusted, plain) = (0, 0)
    for _ in 0..<4_000 {
      let values = (0..<10).map { _ in random.uniform() }
      if try holmAdjusted(values).contains(where: { $0 <= 0.05 }) { adjusted += 1 }
      if values.contains(where: { $0 <= 0.05 }) { plain += 1 }
    }
    #expect(adjusted <= 255 && adjusted >= 130)
    #expect(plain > 1_400, "control: unadjusted values do not")
  }

  @Test func holm_refusesWhatIsNoProbability() {
    #expect(throws: StatisticsError.noSamples(statistic: "Holm adjustment")) { try holmAdjusted([]) }
    #expect(throws: StatisticsError.outOfRange(argument: "p value 1", value: "1.5", allowed: "0...1")) {
      try holmAdjusted([0.1, 1.5])
    }
    #expect(throws: StatisticsError.self) { try holmAdjusted([.nan]) }
  }
}
