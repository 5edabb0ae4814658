import Evaluation
import Planning
import Schemas
import Statistics
import Testing

@Suite struct ScorerTests {  // Sources/Evaluation/Scorers
  /// Ten answers: six verified (two by repair, one of them not covered), a true claim, two given up, one failed.
  private let samples: [SampleRecord] =
    (0..<4).map { Fixture.sample($0, evaluations: 10, latency: Double($0 + 1)) } + [
      Fixture.sample(4, repaired: true, evaluations: 20, latency: 5),
      Fixture.sample(5, covered: false, repaired: true, evaluations: 20, latency: 6),
      Fixture.sample(6, covered: false, abstention: .unsolvable, evaluations: 1, latency: 7),
      Fixture.sample(7, correct: false, abstention: .budget, evaluations: 64, latency: 8),
      Fixture.sample(8, correct: false, abstention: .budget, evaluations: 64, latency: 9),
      Fixture.sample(9, correct: false, evaluations: 0, latency: nil, failure: "no weights"),
    ]

  @Test func shares_countOverAllProblemsAsked() throws {
    let accuracy = try ShareScorer.accuracy.score(samples)
    #expect(accuracy.count == 7 && accuracy.total == 10 && accuracy.value == 0.7)
    #expect(try ShareScorer.firstAttemptAccuracy.score(samples).count == 5)
    #expect(try ShareScorer.traceCoverage.score(samples).count == 5)
  }

  /// Wilson 1927 for 7 of 10, computed by hand from the formula: centre 0.6445, margin 0.2478.
  @Test func shares_carryTheWilsonInterval() throws {
    let share = try ShareScorer.accuracy.score(samples)
    #expect(abs(share.lower - 0.39678) < 1e-4)
    #expect(abs(share.upper - 0.89221) < 1e-4)
  }

  @Test func shares_refuseNoSamples() {
    #expect(throws: StatisticsError.self) { try ShareScorer.accuracy.score([]) }
  }

  @Test func latency_isNearestRankWithFailuresAtInfinity() throws {
    let latency = try LatencyScorer().score(samples)
    #expect(latency.p50Milliseconds == 5)
    #expect(latency.p95Milliseconds == nil)  // rank 10 of 10 is the failure
    #expect(latency.reason == "1 of 10 problems failed, which counts as infinitely late")
    let answered = try LatencyScorer().score(samples.filter { $0.failure == nil })
    #expect(answered == LatencyRecord(p50Milliseconds: 5, p95Milliseconds: 9, reason: nil))
    let failed = try LatencyScorer().score(samples.filter { $0.failure != nil })
    #expect(failed.p50Milliseconds == nil && failed.p95Milliseconds == nil)
  }
}
