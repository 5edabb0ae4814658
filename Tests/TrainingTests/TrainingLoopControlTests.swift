import Randomness
import Runs
import Schemas
import Storage
import TestSupport
import Testing
import Training

/// A curriculum and its control, `curriculum.shuffled=true`: everything but the order is equal.
@Suite struct TrainingLoopControlTests {  // Sources/Training/TrainingLoop.swift
  /// Three phases with replay, half of a step's problems with a detour.
  private static let overrides = [
    "training.max_steps=null", "dataset.sizes.train=60", "training.value_example_ratio=0.5", "training.logging_steps=1",
  ]
  private static let shuffled = "curriculum.shuffled=true"

  /// A run in a workspace of its own, and its metrics.
  private func train(_ more: [String], stops: [Int] = []) throws -> (small: SmallRun, RunMetadata, [TrainingMetric]) {
    let small = try SmallRun()
    let metadata = try small.train("curriculum", Self.overrides + more, stops: stops)
    let path = RunCatalog.standard.appending(try RunID(parsing: metadata.runID))
    var reader = try NDJSONReader(path.appending("metrics.ndjson"), in: small.workspace, mode: .strict)
    return (small, metadata, try reader.records(TrainingMetric.self))
  }

  @Test func control_hasTheCurriculumsProblemsStepsRatesAndTokens() throws {
    for more in [[], ["training.max_steps=17"], ["training.seed=5"]] {
      let (_, curriculum, metrics) = try train(more)
      let (_, control, others) = try train(more + [Self.shuffled])
      #expect(control.datasetDigest == curriculum.datasetDigest, "\(more)")
      #expect(control.totalSteps == curriculum.totalSteps && control.step == curriculum.step, "\(more)")
      #expect(control.stages.map(\.endStep) == curriculum.stages.map(\.endStep), "\(more)")
      #expect(others.map(\.learningRate) == metrics.map(\.learningRate), "\(more)")
      #expect(try #require(others.last).numTokens == #require(metrics.last).numTokens, "\(more)")
      // Controls: the order is another, and tokens that are equal at the end are not so all along.
      #expect(control.weightsDigest != curriculum.weightsDigest, "\(more)")
      #expect(others.map(\.numTokens) != metrics.map(\.numTokens), "\(more)")
    }
    // Control: a curriculum with other visits runs other tokens in as many steps.
    let (_, _, metrics) = try train(["training.max_steps=17"])
    let (_, _, others) = try train(["training.max_steps=17", "curriculum.replay_ratio=0.8"])
    #expect(others.count == metrics.count)
    #expect(try #require(others.last).numTokens != #require(metrics.last).numTokens)
  }

  @Test func control_namesNoPhaseOfTheCurriculum() throws {
    let (small, metadata, metrics) = try train([Self.shuffled])
    let names = ["shuffled_1", "shuffled_2", "shuffled_3"]
    #expect(metadata.stages.map(\.id) == names)
    #expect(metadata.stages.allSatisfy { $0.exampleCount == 60 && $0.checkpoint != nil })
    #expect(Set(metrics.map(\.phase)) == Set(names))
    let path = RunCatalog.standard.appending(try RunID(parsing: metadata.runID))
    var traces = try NDJSONReader(path.appending("traces.ndjson"), in: small.workspace, mode: .strict)
    #expect(try Set(traces.records(TraceRecord.self).map(\.stage)) == Set(names))
    // Control: the curriculum's own are its stages'.
    #expect(try train([]).1.stages.map(\.id) == ["A", "B", "C"])
  }

  @Test func control_interruptedAnywhereWritesTheSameBytes() throws {
    let (whole, metadata, _) = try train([Self.shuffled])
    let expected = try whole.results(metadata)
    try withEvery("seed", in: UInt64(0)..<4) { seed in
      var random = RandomStream(seed: seed, "tests/control_stops")
      let stops = (0..<3).map { _ in random.integer(in: 1...metadata.totalSteps - 1) }.sorted()
      let (small, other, _) = try train([Self.shuffled], stops: stops)
      #expect(try small.results(other) == expected, "seed: \(seed), stops: \(stops)")
    }
    // Control: the curriculum's bytes are others.
    let (small, curriculum, _) = try train([])
    #expect(try small.results(curriculum)["model.safetensors"] != expected["model.safetensors"])
  }

  /// Interrupts a run before its first step and replaces what its checkpoint says of the schedule.
  private func interrupted(_ more: [String], schedule: Digest?) throws -> (SmallRun, state: String) {
    let small = try SmallRun()
    let request = try small.request("curriculum", Self.overrides + more)
    _ = try? TrainingLoop(request).run(isCancelled: { true })
    let run = RunCatalog.standard.appending(request.runID)
    let checkpoint = run.appending("checkpoints").appending("step-000000000")
    let state = try small.workspace.read(CheckpointState.self, at: checkpoint.appending("state.json"))
    #expect(state.scheduleDigest != nil)
    try small.workspace.atomicReplace(
      checkpoint.appending("state.json"),
      record: CheckpointState(
        step: state.step, phase: state.phase, configDigest: state.configDigest, datasetDigest: state.datasetDigest,
        scheduleDigest: schedule, numericsFingerprint: state.numericsFingerprint, numTokens: state.numTokens,
        pending: state.pending, metricsByteCount: state.metricsByteCount, tracesByteCount: state.tracesByteCount,
        files: state.files))
    // As an earlier codex wrote it: nobody names the state.
    var metadata = try small.workspace.read(RunMetadata.self, at: run.appending("run_metadata.json"))
    metadata.stateDigest = nil
    try small.workspace.atomicReplace(run.appending("run_metadata.json"), record: metadata)
    return (small, small.workspace.name(checkpoint))
  }

  /// An earlier codex dealt a control's examples otherwise and did not write what it visits.
  @Test func resume_refusesAControlOfAnEarlierCodex() throws {
    let (small, checkpoint) = try interrupted([Self.shuffled], schedule: nil)
    do {
      _ = try small.train("curriculum", Self.overrides + [Self.shuffled])
      Issue.record("went on in another order")
    } catch let error as TrainingError {
      let sentence = "\(checkpoint): cannot resume: the order of visits was dealt by an earlier codex, now sha256:"
      #expect("\(error)".hasPrefix(sentence), "\(error)")
      #expect("\(error)".hasSuffix(". Restore it, or start a new run."), "\(error)")
    }
    // Control: a curriculum's visits are what they were.
    let (other, _) = try interrupted([], schedule: nil)
    let (_, expected, _) = try train([])
    #expect(try other.train("curriculum", Self.overrides).weightsDigest == expected.weightsDigest)
  }

  @Test func resume_refusesAnotherOrderOfVisits() throws {
    for more in [[], [Self.shuffled]] {
      let (small, _) = try interrupted(more, schedule: Digest(of: "another order"))
      #expect(throws: TrainingError.self) { try small.train("curriculum", Self.overrides + more) }
    }
  }
}
