import Ledger
import Schemas
import Statistics
import Testing

@Suite struct MetricSummaryTests {  // Sources/Ledger/Summaries
  /// Two measurements of one run, the older one all wrong; one of another.
  private var contents: LedgerContents {
    Example.contents(
      (0..<4).map { .item(Example.item("old", $0, correct: false)) } + [.metric(Example.metric(measurement: "old"))]
        + (0..<12).map { .item(Example.item("new", $0, level: $0 < 6 ? 2 : 10, correct: $0 < 9)) }
        + [.metric(Example.metric(measurement: "new"))]
        + (0..<12).map {
          .item(Example.item("other", $0, run: "control", correct: $0 >= 6, latency: $0 == 0 ? nil : 5))
        }
        + [
          .metric(Example.metric(measurement: "other", run: "control", template: "curriculum")),
          .metric(Example.metric(.latencyP95, measurement: "other", run: "control")),
        ])
  }

  @Test func rows_areOfTheNewestMeasurementOfEachRun() throws {
    let rows = try MetricSummary(of: .accuracy, in: contents, by: .run).rows
    #expect(rows.map(\.group) == ["control", "run"])
    #expect(rows.map(\.count) == [12, 12])
    #expect(rows.map(\.value) == [0.5, 0.75])
    let interval = try wilsonInterval(successes: 9, trials: 12)
    #expect(rows[1].lower == interval.lower && rows[1].upper == interval.upper)
  }

  @Test func levels_areOrderedAsNumbers() throws {
    let rows = try MetricSummary(of: .accuracy, in: contents, by: .level, runID: "run").rows
    #expect(rows.map(\.group) == ["arithmetic/2", "arithmetic/10"])
    #expect(rows.map(\.value) == [1, 0.5])
  }

  @Test func datasetsAndModes_areNotPooled() throws {
    let more = Example.contents(
      contents.lines.map(\.entry) + [
        .item(Example.item("bench", 0)), .metric(Example.metric(measurement: "bench", dataset: "reasoning/cot_lite")),
        .item(Example.item("best", 0, mode: "best-first")),
        .metric(Example.metric(measurement: "best", mode: "best-first")),
      ])
    let rows = try MetricSummary(of: .accuracy, in: more, by: .world, runID: "run").rows
    #expect(
      rows.map { "\($0.dataset) \($0.mode)" } == [
        "reasoning/baseline best-first", "reasoning/baseline greedy", "reasoning/cot_lite greedy",
      ])
    #expect(try MetricSummary(of: .accuracy, in: more, by: .world, mode: "best-first").rows.count == 1)
  }

  /// Whatever is asked otherwise has a row of its own, by whichever group.
  @Test(arguments: MetricSummary.Grouping.allCases)
  func questions_areNeverPooled(by grouping: MetricSummary.Grouping) throws {
    func rows(_ field: IdentityField, _ value: String) throws -> Int {
      let other = Example.metric(measurement: "asked otherwise")
      var identity = other.identity
      identity[field] = value
      let more = Example.contents(
        contents.lines.map(\.entry) + [
          .item(Example.item("asked otherwise", 0)),
          .metric(Example.metric(measurement: "asked otherwise", identity: identity)),
        ])
      return try MetricSummary(of: .accuracy, in: more, by: grouping).rows.count
    }
    let before = try MetricSummary(of: .accuracy, in: contents, by: grouping).rows.count
    for (field, value) in [
      (IdentityField.run, "third"), (.split, "train"), (.budget, "600"), (.dataset, "reasoning/easy@\(Example.digest)"),
      (.search, "beam=64"), (.seed, "1"), (.splitSalt, "other"), (.weightsFormat, "int8"),
      (.evaluation, "easy@\(Example.digest)"),
    ] { #expect(try rows(field, value) == before + 1, "\(field.rawValue)") }
    // The control: what was asked the same way supersedes.
    #expect(try rows(.split, "test") < before + 1)
  }

  @Test func failures_makeAQuantileInfinite() throws {
    let row = try #require(try MetricSummary(of: .latencyP95, in: contents, by: .run).rows.first)
    #expect(row.value == nil && row.lower == nil && row.count == 12)
  }

  @Test func noMeasurement_isAnError() {
    #expect(throws: LedgerError.notMeasured(metric: "reasoning.accuracy", run: "nobody", mode: nil)) {
      try MetricSummary(of: .accuracy, in: contents, by: .run, runID: "nobody")
    }
    #expect(throws: LedgerError.self) { try MetricSummary(of: .accuracy, in: LedgerContents(lines: []), by: .run) }
  }

  @Test func comparison_pairsByProblem() throws {
    let rows = try MetricComparison(of: .accuracy, in: contents, runID: "run", reference: "control").rows
    // Problems 0…5: won; 6…8: both right; 9…11: lost.
    #expect(rows.map { [$0.count, $0.wins, $0.ties, $0.losses] } == [[12, 6, 3, 3]])
    #expect(rows[0].winRate == 0.625)
    #expect(rows[0].value == 0.75 && rows[0].referenceValue == 0.5)
    #expect(rows[0].lower < 0.625 && rows[0].upper > 0.625)
    #expect(try MetricComparison(of: .winRate, in: contents, runID: "run", reference: "control").rows == rows)
  }

  @Test func comparison_leavesOutWhatTheReferenceWasNotAsked() throws {
    let own = try MetricComparison(of: .accuracy, in: contents, runID: "run", reference: "control").rows
    let more = Example.contents(
      contents.lines.map(\.entry) + [
        .item(Example.item("sampled", 0, mode: "sampling")),
        .metric(Example.metric(measurement: "sampled", mode: "sampling")),
      ])
    #expect(try MetricComparison(of: .accuracy, in: more, runID: "run", reference: "control").rows == own)
    #expect(throws: LedgerError.notPaired(run: "run", reference: "control", mode: "sampling")) {
      try MetricComparison(of: .accuracy, in: more, runID: "run", reference: "control", mode: "sampling")
    }
  }

  @Test func comparison_refusesOtherProblems() throws {
    let less = Example.contents(
      contents.lines.map(\.entry).filter {
        if case .item(let item) = $0 {
          item.measurementID != "other" || item.sample.modelEvaluations != 10
        } else {
          true
        }
      })
    #expect(throws: LedgerError.notPaired(run: "run", reference: "control", mode: "greedy")) {
      try MetricComparison(of: .accuracy, in: less, runID: "run", reference: "control")
    }
    #expect(throws: LedgerError.self) {
      try MetricComparison(of: .shadowLatencyP95, in: contents, runID: "run", reference: "control")
    }
  }
}
