import Randomness
import Runs
import Schemas
import Storage
import TestSupport
import Testing
import Training

@Suite struct TrainingLoopTests {  // Sources/Training/TrainingLoop.swift
  private func train(
    _ small: SmallRun, _ template: String = "baseline", _ overrides: [String] = [], threads: Int = 2, stops: [Int] = []
  ) throws -> RunMetadata {
    try small.train(template, overrides, threads: threads, stops: stops)
  }

  @Test func run_isTheSameForEveryThreadCountAndEveryTime() throws {
    let first = try SmallRun()
    let expected = try first.results(train(first))
    for threads in [1, 3] {
      let other = try SmallRun()
      #expect(try other.results(train(other, threads: threads)) == expected, "threads: \(threads)")
    }
    // Control: another seed gives other weights.
    let control = try SmallRun()
    let changed = try control.results(train(control, "baseline", ["training.seed=1"]))
    #expect(changed["model.safetensors"] != expected["model.safetensors"])
  }

  @Test func run_interruptedAnywhereWritesTheSameBytes() throws {
    let whole = try SmallRun()
    let expected = try whole.results(train(whole))
    try withEvery("seed", in: UInt64(0)..<4) { seed in
      var random = RandomStream(seed: seed, "tests/stops")
      let stops = (0..<3).map { _ in random.integer(in: 1...23) }.sorted()
      let broken = try SmallRun()
      #expect(try broken.results(train(broken, stops: stops)) == expected, "stops: \(stops)")
    }
  }

  @Test(arguments: ["adafactor", "muon"]) func run_isTheSameWithEveryOptimizer(optim: String) throws {
    let overrides = ["training.optim=\(optim)"]
    let whole = try SmallRun()
    let expected = try whole.results(train(whole, "baseline", overrides))
    let broken = try SmallRun()
    #expect(try broken.results(train(broken, "baseline", overrides, threads: 3, stops: [5, 11, 20])) == expected)
    // Control: AdamW's run is another.
    let control = try SmallRun()
    #expect(try control.results(train(control))["model.safetensors"] != expected["model.safetensors"])
  }

  @Test func run_refusesToResumeWithAnotherOptimizer() throws {
    let small = try SmallRun()
    _ = try? TrainingLoop(small.request()).run(isCancelled: { true })
    let id = try small.request().runID
    #expect(throws: TrainingError.self) {
      try TrainingLoop(small.request("baseline", ["training.optim=muon"], resuming: id)).run()
    }
  }

  @Test func run_resumesFromTheCheckpointBeforeADamagedOne() throws {
    let whole = try SmallRun()
    let expected = try whole.results(train(whole))
    let small = try SmallRun()
    let request = try small.request()
    var saved: [String] = []
    #expect(throws: TrainingError.self) {
      try TrainingLoop(request).run(
        report: { if case .checkpoint(_, let path) = $0 { saved.append(path) } }, isCancelled: { saved.count == 2 })
    }
    let run = RunCatalog.standard.appending(request.runID)
    let newest = run.appending("checkpoints").appending("step-000000014").appending("model.safetensors")
    var bytes = try small.workspace.read(newest, limit: 1 << 24)
    bytes[bytes.count / 2] ^= 1
    try small.workspace.atomicReplace(newest, bytes)
    var skipped: [String] = []
    var resumedFrom: Int?
    let metadata = try TrainingLoop(small.request()).run { event in
      if case .skippedCheckpoint(let path, _) = event { skipped.append(path) }
      if case .started(_, let step) = event { resumedFrom = step }
    }
    #expect(skipped.count == 1 && resumedFrom == 7)
    #expect(try small.results(metadata) == expected)
  }

  @Test func run_refusesToResumeUnderOtherConditions() throws {
    let small = try SmallRun()
    _ = try? TrainingLoop(small.request()).run(isCancelled: { true })
    #expect(throws: TrainingError.self) { try TrainingLoop(small.request(fingerprint: "another")).run() }
    let id = try small.request().runID
    #expect(throws: TrainingError.self) {
      try TrainingLoop(small.request("baseline", ["training.learning_rate=1e-3"], resuming: id)).run()
    }
  }

  @Test func run_thatIsCompleteIsNotOverwritten() throws {
    let small = try SmallRun()
    let metadata = try train(small)
    let before = try small.results(metadata)
    let path = small.workspace.name(RunCatalog.standard.appending(try small.request().runID))
    #expect(throws: TrainingError.runExists(path: path)) { try TrainingLoop(small.request()).run() }
    #expect(try small.results(metadata) == before)
  }

  @Test func run_thatIsCompleteAndResumedStaysAsItIs() throws {
    let small = try SmallRun()
    let metadata = try train(small)
    let again = try TrainingLoop(small.request(resuming: try small.request().runID)).run()
    #expect(again == metadata && metadata.weightsDigest != nil)
    #expect(again.stages == metadata.stages && again.step == metadata.step)
    #expect(try small.results(again) == small.results(metadata))
  }

  @Test func run_keepsTheCheckpointItJustWroteWhenLaterOnesAreDamaged() throws {
    let small = try SmallRun()
    let request = try small.request()
    var saved = 0
    #expect(throws: TrainingError.self) {
      try TrainingLoop(request).run(
        report: { if case .checkpoint = $0 { saved += 1 } }, isCancelled: { saved == 3 })
    }
    let run = RunCatalog.standard.appending(request.runID)
    let checkpoints = run.appending("checkpoints")
    for name in try small.workspace.list(checkpoints).dropFirst() {
      try small.workspace.atomicReplace(checkpoints.appending(name).appending("config.json"), Array("{}".utf8))
    }
    var steps = 0
    #expect(throws: TrainingError.self) {
      try TrainingLoop(small.request()).run(
        report: { if case .step(let progress) = $0 { steps = progress.step } }, isCancelled: { steps > 0 })
    }
    let metadata = try small.workspace.read(RunMetadata.self, at: run.appending("run_metadata.json"))
    #expect(try small.workspace.exists(run.appending(StoragePath(parsing: try #require(metadata.checkpoint)))))
  }

  @Test func run_refusesAScheduleBeyondMemory() throws {
    let small = try SmallRun()
    let endless = ["training.max_steps=10000000", "training.per_device_train_batch_size=65536"]
    #expect(throws: TrainingError.self) { try TrainingLoop(small.request("baseline", endless)) }
  }

  @Test func run_stopsAtANumberThatIsNotFiniteAndKeepsTheLastCheckpoint() throws {
    let small = try SmallRun()
    // A rate that no model survives, without the clipping that would save it.
    let wild = [
      "training.learning_rate=1.0", "training.weight_decay=10.0", "training.max_grad_norm=1000000.0",
      "training.adam_epsilon=1.0e-12", "training.max_steps=2000", "training.save_steps=1",
    ]
    do {
      _ = try train(small, "baseline", wild)
      Issue.record("a run with rate 1 stayed finite")
    } catch let TrainingError.notFinite(_, step, checkpoint) {
      let last = try #require(checkpoint)
      let run = RunCatalog.standard.appending(try small.request("baseline", wild).runID)
      let state = try small.workspace.read(
        CheckpointState.self, at: run.appending(StoragePath(parsing: last)).appending("state.json"))
      #expect(state.step < step)
      #expect(try small.workspace.read(RunMetadata.self, at: run.appending("run_metadata.json")).status == .failed)
    }
  }

  @Test func run_learns() throws {
    let small = try SmallRun()
    let metadata = try train(small, "baseline", ["training.max_steps=300", "training.per_device_train_batch_size=16"])
    let losses = metadata.stages.compactMap(\.loss)
    #expect(try #require(losses.last) < 2.0)  // from ln 34 = 3.5 at the start
  }

  @Test func curriculum_savesACheckpointForEveryStage() throws {
    let small = try SmallRun()
    let metadata = try train(small, "curriculum", ["training.max_steps=null", "dataset.sizes.train=60"])
    #expect(metadata.stages.map(\.id).count == 3)
    #expect(metadata.stages.allSatisfy { $0.checkpoint != nil })
    #expect(metadata.step == metadata.totalSteps)
  }
}
