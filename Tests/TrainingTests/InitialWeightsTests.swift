import Composition
import Foundation
import Reasoner
import Runs
import Schemas
import Storage
import TestSupport
import Testing
import Training

@Suite struct InitialWeightsTests {  // Sources/Training/Run/InitialWeights.swift
  /// A run, and the weights that the run started from it has after its first step at a rate of nearly nothing.
  private func continued(_ small: SmallRun, from text: String) throws -> RunMetadata {
    try small.train(
      "baseline",
      [
        "training.init_from=\(text)", "training.output_dir=runs/next", "training.learning_rate=1e-8",
        "training.max_steps=1", "training.weight_decay=0",
      ])
  }

  private func weights(_ metadata: RunMetadata, _ directory: StoragePath, in small: SmallRun) throws -> [Float] {
    let path = directory.appending(try RunID(parsing: metadata.runID)).appending(
      try StoragePath(parsing: metadata.checkpoint ?? ""))
    return try ModelFolder.load(path, in: small.workspace, vocabulary: small.request().vocabulary).weights.buffer.array
  }

  @Test func run_beginsWithTheWeightsOfAnother() throws {
    let small = try SmallRun()
    let first = try small.train()
    let own = try weights(first, RunCatalog.standard, in: small)
    for name in [first.runID, "runs/train_loop/\(first.runID)"] {
      let next = try continued(small, from: name)
      #expect(next.initFrom?.weightsDigest == first.weightsDigest)
      #expect(next.initFrom?.checkpoint == "runs/train_loop/\(first.runID)/\(first.checkpoint ?? "")")
      let moved = zip(try weights(next, "runs/next", in: small), own).map { abs($0 - $1) }.max() ?? 1
      #expect(moved <= 1e-7, "one step at a rate of 1e-8")
    }
    // Control: drawn weights are far away.
    let drawn = try small.train(
      "baseline", ["training.output_dir=runs/drawn", "training.learning_rate=1e-8", "training.max_steps=1"])
    #expect(drawn.initFrom == nil)
    let distance = zip(try weights(drawn, "runs/drawn", in: small), own).map { abs($0 - $1) }.max() ?? 0
    #expect(distance > 1e-3)
  }

  @Test func run_beginsWithAnEarlierCheckpoint() throws {
    let small = try SmallRun()
    let first = try small.train()
    let earlier = "runs/train_loop/\(first.runID)/checkpoints/step-000000021"
    let next = try continued(small, from: earlier)
    #expect(next.initFrom?.checkpoint == earlier && next.initFrom?.weightsDigest != first.weightsDigest)
  }

  @Test func resume_keepsWhatTheRunBeganWithThoughThatIsGone() throws {
    let small = try SmallRun()
    let first = try small.train()
    let overrides = ["training.init_from=\(first.runID)", "training.output_dir=runs/next"]
    let whole = try small.train("baseline", overrides)
    try FileManager.default.removeItem(atPath: small.path + "/runs/next")
    #expect(throws: TrainingError.self) {
      try TrainingLoop(small.request("baseline", overrides)).run(isCancelled: { true })
    }
    try FileManager.default.removeItem(atPath: small.path + "/runs/train_loop")
    let resumed = try small.train("baseline", overrides)
    #expect(resumed.initFrom == whole.initFrom && resumed.weightsDigest == whole.weightsDigest)
  }

  @Test func start_refusesWhatIsNoRunOrNoSuchModel() throws {
    let small = try SmallRun()
    let first = try small.train()
    #expect(throws: RunError.self) { try continued(small, from: "nothing") }
    let error = #expect(throws: TrainingError.self) {
      try small.train(
        "baseline",
        ["training.init_from=\(first.runID)", "training.output_dir=runs/next", "model.intermediate_size=32"])
    }
    guard case .badOrigin = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    for text in ["latest", "runs/train_loop/latest"] {
      #expect(throws: ConfigError.self) { try small.request("baseline", ["training.init_from=\(text)"]).config() }
    }
  }
}

extension TrainingRequest {
  fileprivate func config() throws -> TrainingConfig { try TrainingConfig(resolved) }
}
