import Statistics
import TestSupport
import Testing

@Suite struct PairedShareIntervalTests {
  @Test func pairedShare_agreesWithItsDefinition() throws {
    try withEvery("case", in: Golden.read().pairedShares) { golden in
      let interval = pairedShareInterval(
        wins: golden.wins, ties: golden.ties, losses: golden.losses, confidence: golden.confidence)
      #expect(Golden.agree(interval.lower, golden.interval[0]), "\(golden)")
      #expect(Golden.agree(interval.upper, golden.interval[1]), "\(golden)")
    }
  }

  /// Airway hyper-responsiveness before and after transplantation, Fagerland, Lydersen & Laake 2014: -0.517 to -0.026.
  @Test func pairedShare_agreesWithATextbook() {
    let interval = pairedShareInterval(wins: 1, ties: 13, losses: 7, confidence: 0.95)
    #expect(abs(interval.lower + 0.517) < 5e-4 && abs(interval.upper + 0.026) < 5e-4)
  }

  /// Without ties it is Wilson's interval of the wins.
  @Test func pairedShare_containsWilson() throws {
    for (wins, losses) in [(0, 7), (1, 0), (3, 9), (40, 60), (7, 0)] {
      let wilson = try wilsonInterval(successes: wins, trials: wins + losses)
      let untied = pairedShareInterval(wins: wins, ties: 0, losses: losses, confidence: 0.95)
      #expect(abs((1 + untied.lower) / 2 - wilson.lower) < 1e-12)
      #expect(abs((1 + untied.upper) / 2 - wilson.upper) < 1e-12)
    }
    let tied = pairedShareInterval(wins: 40, ties: 60, losses: 60, confidence: 0.95)
    let untied = pairedShareInterval(wins: 40, ties: 0, losses: 60, confidence: 0.95)
    #expect(abs(tied.upper - untied.upper) > 1e-3, "control: with ties it is another")
  }
}
