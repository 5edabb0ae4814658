import Composition
import Evaluation
import Ledger
import Planning
import Schemas
import Storage
import Tensors
import Testing

@Suite struct EvaluationEvidenceTests {  // Sources/Evaluation/Evidence
  private func entries(reference: EvaluationSummary? = nil) throws -> (EvaluationSummary, [LedgerEntry]) {
    let subject = Fixture.subject()
    let config = Fixture.config([.greedy, .bestFirst])
    let problems = try Fixture.problems(20)
    let answers = try Evaluator(subject, config: config, pool: ThreadPool(threads: 2), monotonic: { 0 }).run(problems)
    let result = EvaluationResult(subject: subject, config: config, problems: problems, answers: answers)
    let samples = answers.map(\.sample)
    let summary = try result.summary(
      recordedAt: 100.5, codexVersion: "0", threads: 2, winRates: result.winRates(over: samples, of: "control"))
    let run = RunFacts(
      Fixture.metadata(), config: ConfigNode(.mapping([:]), origin: .implied), template: nil,
      weights: subject.weightsDigest, splitRule: 1)
    let identities = config.modes.map { ($0.mode.rawValue, result.identity(of: $0, run: run, askedBy: "tests")) }
    let evidence = EvaluationEvidence(
      summary, samples: samples, identities: Dictionary(uniqueKeysWithValues: identities), again: "older",
      reference: reference)
    return (summary, evidence.entries)
  }

  private func contents(_ entries: [LedgerEntry]) -> LedgerContents {
    LedgerContents(
      lines: entries.enumerated().map {
        .init(head: LedgerHead(sequence: $0, digest: Digest(of: "\($0)")), entry: $1)
      })
  }

  @Test func entries_areItemsThenMetricsOfOneMeasurement() throws {
    let (summary, entries) = try entries()
    #expect(summary.measurementID == "run-1/\(summary.evaluationID)/100.5")
    let ledger = contents(entries)
    #expect(ledger.items(of: summary.measurementID).map(\.head.sequence) == Array(0..<40))
    #expect(ledger.metrics.count == entries.count - 40)
    for metric in ledger.metrics.map(\.record) {
      #expect(metric.measurementID == summary.measurementID)
      let identity = metric.identity
      #expect(identity[.problems] == summary.problemSetDigest.description)
      #expect(identity[.evaluation] == "tests@\(Fixture.configDigest)")
      #expect(identity[.mode] == metric.mode && identity[.split] == "test" && identity[.rules] == "1")
      #expect(identity[.weightsFormat] == "float32" && identity[.seed] == "5" && identity[.splitSalt] == "codex-1")
      #expect(identity[.search]?.hasPrefix("beam=") == true)
      #expect(metric.again == "older")
      #expect(identity.missingFields == [.template, .overrides], "a run whose template is not here")
    }
  }

  /// Each group has each metric once in each mode; win rates are of the whole.
  @Test func metrics_coverEveryGroup() throws {
    let (summary, entries) = try entries()
    let metrics = contents(entries).metrics.map(\.record)
    let groups = ["all", "arithmetic"] + summary.modes[0].levels.map(\.group)
    let names = MetricName.allCases.filter { !$0.rawValue.contains("shadow") && $0 != .winRate }
    let expected = ["greedy", "best-first"].flatMap { mode in
      groups.flatMap { group in names.map { "\(mode) \(group) \($0.rawValue)" } } + ["\(mode) all reasoning.win_rate"]
    }
    #expect(Set(metrics.map { "\($0.mode) \($0.group) \($0.metric)" }) == Set(expected))
    #expect(metrics.count == expected.count)
  }

  /// What is recorded is what anybody computes from the items.
  @Test func figures_agreeWithTheItems() throws {
    let ledger = contents(try entries().1)
    for name in MetricName.allCases where !name.rawValue.contains("shadow") && name != .winRate {
      let recorded = ledger.metrics.map(\.record).filter { $0.metric == name.rawValue }
      let whole = try MetricSummary(of: name, in: ledger, by: .run).rows
      let levels = try MetricSummary(of: name, in: ledger, by: .level).rows
      for row in whole + levels {
        let group = row.group == "run-1" ? "all" : row.group
        let record = try #require(recorded.first { $0.mode == row.mode && $0.group == group })
        #expect(record.value == row.value && record.lower == row.lower && record.upper == row.upper, "\(name) \(group)")
        #expect(record.count == row.count && record.unit == name.unit)
      }
    }
  }

  @Test func winRate_namesItsReference() throws {
    let control = try entries().0
    let rates = contents(try entries(reference: control).1).metrics.map(\.record).filter { $0.reference != nil }
    #expect(rates.map(\.metric) == ["reasoning.win_rate", "reasoning.win_rate"])
    #expect(rates.allSatisfy { $0.reference?.measurementID == control.measurementID && $0.count == 20 })
    #expect(rates.allSatisfy { $0.reference?.weightsDigest == control.weightsDigest })
  }
}
