import Evaluation
import Planning
import Schemas
import Storage
import Tensors
import Testing

@Suite struct EvaluationStoreTests {  // Sources/Evaluation/EvaluationStore.swift, EvaluationResult.swift
  private func result(
    _ modes: [PlanningMode] = [.greedy, .bestFirst], problems count: Int = 12, run: String = "run-1"
  ) throws -> EvaluationResult {
    let subject = Fixture.subject(run: run)
    let config = Fixture.config(modes)
    let problems = try Fixture.problems(count)
    let answers = try Evaluator(subject, config: config, pool: ThreadPool(threads: 2), monotonic: { 0 }).run(problems)
    return EvaluationResult(subject: subject, config: config, problems: problems, answers: answers)
  }

  private func summary(_ result: EvaluationResult, at time: Double = 100) throws -> EvaluationSummary {
    try result.summary(recordedAt: time, codexVersion: "0.1.0", threads: 2)
  }

  @Test func publish_keepsEverySampleAndTrace() throws {
    let workspace = try TemporaryWorkspace()
    let store = EvaluationStore("runs/run-1", in: workspace.root)
    let result = try result()
    let summary = try summary(result)
    let path = try store.publish(result, summary)
    #expect(path.description == "runs/run-1/evaluations/\(summary.evaluationID)")
    #expect(try workspace.root.list(path).map(\.text) == ["samples.ndjson", "summary.json", "traces.ndjson"])
    #expect(try store.catalog.summaries() == [summary])
    let id = try PathComponent(parsing: summary.evaluationID)
    #expect(try store.catalog.samples(of: id) == result.answers.map(\.sample))
    #expect(try store.catalog.traces(of: id) == result.answers.compactMap(\.trace))
    #expect(try store.catalog.evaluation(id)?.summary == summary)
    #expect(try store.catalog.evaluation(PathComponent(parsing: "other")) == nil)
  }

  /// Asking the same again is another measurement, and the first is kept.
  @Test func publish_keepsEveryMeasurementOfAQuestion() throws {
    let workspace = try TemporaryWorkspace()
    let store = EvaluationStore("runs/run-1", in: workspace.root)
    let result = try result()
    for time in [100.0, 200, 300] {
      let summary = try result.summary(
        id: store.freeID(for: result), recordedAt: time, codexVersion: "0.1.0", threads: 2)
      try store.publish(result, summary)
    }
    #expect(try store.catalog.summaries().map(\.recordedAt) == [300, 200, 100])
    let id = result.id.text
    #expect(try store.catalog.summaries().map(\.evaluationID) == [id + "-3", id + "-2", id])
    // The control: a name that is taken is not written over.
    #expect(throws: (any Error).self) { try store.publish(result, summary(result, at: 400)) }
    #expect(try store.catalog.summaries().count == 3)
  }

  @Test func summaries_comeNewestFirstAndIgnoreIncompleteDirectories() throws {
    let workspace = try TemporaryWorkspace()
    let store = EvaluationStore("runs/run-1", in: workspace.root)
    #expect(try store.catalog.summaries().isEmpty)
    let (first, second) = (try result(problems: 12), try result(problems: 13))
    try store.publish(second, summary(second, at: 100))
    try store.publish(first, summary(first, at: 200))
    try workspace.root.makeDirectory("runs/run-1/evaluations/test-unfinished")
    #expect(try store.catalog.summaries().map(\.problemCount) == [12, 13])
    #expect(
      try store.newest(on: second.problems, config: Fixture.configDigest, weights: Digest(of: "run-1")).problemCount
        == 13)
    #expect(throws: EvaluationError.nothingToCompare(reference: workspace.root.path + "/runs/run-1", found: 2)) {
      try store.newest(on: Fixture.problems(14), config: Fixture.configDigest, weights: Digest(of: "run-1"))
    }
    // The same problems under another budget are another question.
    #expect(throws: EvaluationError.self) {
      try store.newest(on: second.problems, config: Digest(of: "another evaluation"), weights: Digest(of: "run-1"))
    }
    // What weights answered that the run does not have any more says nothing about it.
    #expect(throws: EvaluationError.self) {
      try store.newest(on: second.problems, config: Fixture.configDigest, weights: Digest(of: "trained further"))
    }
  }

  @Test func summary_carriesEveryIdentity() throws {
    let result = try result()
    let summary = try summary(result)
    #expect(summary.problemSetDigest == result.problems.digest)
    #expect(summary.weightsDigest == Digest(of: "run-1"))
    #expect(summary.runConfigDigest == Digest(of: "run config"))
    #expect(summary.evaluationConfigDigest == Fixture.configDigest)
    #expect(summary.datasetDigest == Digest(of: "dataset"))
    #expect(summary.modes.map(\.mode) == ["greedy", "best-first"])
    #expect(result.id != (try self.result(run: "run-2")).id)
    #expect(result.id != (try self.result(problems: 11)).id)
  }

  @Test func summary_groupsAddUpToTheWhole() throws {
    let mode = try summary(result(problems: 30)).modes[0]
    #expect(mode.overall.accuracy.total == 30)
    for groups in [mode.worlds, mode.levels, mode.categories] {
      #expect(groups.reduce(0) { $0 + $1.accuracy.total } == 30)
      #expect(groups.reduce(0) { $0 + $1.accuracy.count } == mode.overall.accuracy.count)
      #expect(Set(groups.map(\.group)).count == groups.count)
    }
    #expect(mode.worlds.map(\.group) == ["arithmetic"])
    #expect(mode.levels.first?.group == "arithmetic/2")
  }

  @Test func winRates_compareTheModesThatBothWereAskedIn() throws {
    let candidate = try result([.greedy, .bestFirst])
    let reference = try result([.bestFirst, .sampling], run: "run-2")
    let rates = try candidate.winRates(over: reference.answers.map(\.sample), of: "run-2")
    #expect(rates.map(\.mode) == ["best-first"])
    #expect(rates[0].value == 0.5)
    #expect(throws: EvaluationError.self) {
      try candidate.winRates(over: result([.greedy], problems: 13).answers.map(\.sample), of: "run-2")
    }
  }
}
