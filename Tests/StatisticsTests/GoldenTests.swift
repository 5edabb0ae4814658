import Testing

@Suite struct GoldenTests {
  @Test func read_findsEveryKindOfCase() throws {
    let golden = try Golden.read()
    #expect(golden.madeBy.contains("scipy 1.17") && golden.madeBy.contains("statsmodels"))
    #expect(golden.shares.count >= 80 && golden.effects.count >= 20 && golden.bootstraps.count >= 6)
  }

  @Test func control_agreeRejectsTheEleventhDigit() {
    #expect(Golden.agree(1 + 1e-11, 1))
    #expect(!Golden.agree(1 + 2e-10, 1))
    #expect(!Golden.agree(1e-300, 0))
    #expect(!Golden.agree(.nan, 1))
  }
}
