import Evaluation
import Schemas
import Testing

@Suite struct WinRateTests {  // Sources/Evaluation/WinRate.swift
  /// The candidate solves the first `count` of `total` problems.
  private func solving(_ range: Range<Int>, of total: Int) -> [SampleRecord] {
    (0..<total).map { Fixture.sample($0, correct: range.contains($0)) }
  }

  @Test func compare_countsTiesAsHalf() throws {
    let record = try WinRate.compare(
      solving(0..<60, of: 100), with: solving(30..<70, of: 100).reversed(), of: "reference", mode: "greedy")
    #expect((record.wins, record.ties, record.losses) == (30, 60, 10))
    #expect(record.value == 0.6)
    #expect(record.referenceRunID == "reference")
    // Per problem the standard deviation is √(0.4·¼ − 0.1²) = 0.3: ± 1.96·0.03.
    #expect(abs(record.lower - 0.541) < 0.006)
    #expect(abs(record.upper - 0.659) < 0.006)
  }

  @Test func compare_isDeterministic() throws {
    let records = try (0..<2).map { _ in
      try WinRate.compare(
        solving(0..<7, of: 20), with: solving(5..<15, of: 20), of: "r", mode: "greedy")
    }
    #expect(records[0] == records[1])
  }

  @Test func compare_ofEqualRunsIsOneHalf() throws {
    let same = solving(0..<5, of: 9)
    let record = try WinRate.compare(same, with: same, of: "r", mode: "greedy")
    #expect(record.value == 0.5)
    #expect(record.lower < 0.4 && record.upper > 0.6, "nine ties are no proof of equality")
  }

  @Test func compare_refusesOtherProblems() {
    #expect(throws: EvaluationError.differentProblems(mode: "greedy", onlyCandidate: 0, onlyReference: 1)) {
      try WinRate.compare(
        solving(0..<5, of: 9), with: solving(0..<5, of: 10), of: "r", mode: "greedy")
    }
    #expect(throws: EvaluationError.differentProblems(mode: "greedy", onlyCandidate: 2, onlyReference: 0)) {
      try WinRate.compare(
        solving(0..<5, of: 9), with: solving(0..<5, of: 7), of: "r", mode: "greedy")
    }
    #expect(throws: EvaluationError.self) { try WinRate.compare([], with: [], of: "r", mode: "greedy") }
  }
}
