import Runs
import Schemas
import Storage
import TestSupport
import Testing

/// What a run hands out belongs together, or it says what does not.
@Suite struct StoredRunTests {
  private let workspace: ScratchWorkspace
  private let fixture = StoredRunFixture()
  private static let checkpoint = "checkpoints/step-000000010"

  init() throws {
    workspace = try ScratchWorkspace()
    try fixture.write(in: workspace.root)
  }

  private func run() throws -> StoredRun { try StoredRun(at: fixture.path, in: workspace.root) }

  private func change(_ change: (inout RunMetadata) throws -> Void) throws {
    var metadata = try run().metadata
    try change(&metadata)
    try workspace.root.atomicReplace(fixture.path.appending("run_metadata.json"), record: metadata)
  }

  @Test func wholeRun_handsOutWhatTheMetadataName() throws {
    let run = try run()
    #expect(run.metadata.runID == fixture.runID)
    #expect(try run.configuration().digest == fixture.configDigest)
    let checkpoint = try run.checkpoint()
    #expect(checkpoint.weightsDigest == fixture.weightsDigest)
    #expect(checkpoint.path.description == "\(fixture.path)/\(Self.checkpoint)")
    #expect(try run.weightsPath()?.description == "\(fixture.path)/\(Self.checkpoint)/model.safetensors")
    #expect(try StoredRun.exists(at: fixture.path, in: workspace.root))
    #expect(try !StoredRun.exists(at: fixture.path.parent, in: workspace.root))
    #expect(try !StoredRun.exists(at: "runs/none", in: workspace.root))
  }

  @Test func runWithoutACheckpoint_isNoModel() throws {
    try change {
      $0.checkpoint = nil
      $0.weightsDigest = nil
    }
    #expect(throws: RunError.noCheckpoint(run: fixture.runID, status: "completed")) { try run().checkpoint() }
    #expect(try run().weightsPath() == nil)
  }

  @Test func otherWeights_areAMismatch() throws {
    let other = Digest(of: "other")
    try change { $0.weightsDigest = other }
    #expect(
      throws: RunError.mismatch(
        run: workspace.root.name(fixture.path), what: "the checkpoint's weights", expected: other.description,
        got: fixture.weightsDigest.description)
    ) { try run().checkpoint() }
  }

  /// The checkpoint's state names another configuration or dataset than the metadata.
  @Test(arguments: ["config_digest", "dataset_digest"]) func otherState_isAMismatch(key: String) throws {
    let name = "\(fixture.path)/\(Self.checkpoint)/state.json"
    let text = String(decoding: try workspace.bytes(name), as: UTF8.self)
    let old = try #require(text.firstRange(of: try Regex("\"\(key)\":\"sha256:[0-9a-f]{64}\"")))
    try workspace.plant(
      name, String(text[..<old.lowerBound]) + "\"\(key)\":\"\(Digest(of: "x"))\"" + text[old.upperBound...])
    #expect(throws: RunError.self) { try run().checkpoint() }
  }

  /// One byte changed in each file that counts, or the file gone.
  @Test(arguments: ["model.safetensors", "config.json", "tokenizer.json"])
  func changedFile_isRefused(name: String) throws {
    let file = "\(fixture.path)/\(Self.checkpoint)/\(name)"
    var bytes = try workspace.bytes(file)
    bytes[0] ^= 1
    try workspace.plant(file, bytes)
    #expect(throws: StorageError.self) { try run().checkpoint() }
    try workspace.remove(file)
    #expect(throws: StorageError.self) { try run().checkpoint() }
  }

  @Test func otherConfiguration_isRefused() throws {
    try workspace.plant("\(fixture.path)/config.yaml", "seed: 2\n")
    #expect(throws: StorageError.self) { try run().configuration() }
  }

  @Test func stateWithoutWeights_isRefused() throws {
    let path = fixture.path.appending(try StoragePath(parsing: Self.checkpoint))
    let state = try StoredCheckpoint(at: path, in: workspace.root).state
    try workspace.remove("\(path)/model.safetensors")
    try workspace.root.atomicReplace(
      path.appending("state.json"),
      record: CheckpointState(
        step: state.step, phase: state.phase, configDigest: state.configDigest, datasetDigest: state.datasetDigest,
        numericsFingerprint: state.numericsFingerprint, numTokens: state.numTokens, pending: state.pending,
        metricsByteCount: 0, tracesByteCount: 0, files: state.files.filter { $0.path != "model.safetensors" }))
    #expect(throws: StorageError.self) { try StoredCheckpoint(at: path, in: workspace.root) }
  }

  /// A digit that became another one by a flipped bit, anywhere in the state.
  @Test func flippedDigits_areAllFound() throws {
    let path = fixture.path.appending(try StoragePath(parsing: Self.checkpoint))
    let state = try StoredCheckpoint(at: path, in: workspace.root).state
    try workspace.root.atomicReplace(path.appending("state.json"), record: state.sealed())
    _ = try StoredCheckpoint(at: path, in: workspace.root)
    let bytes = try workspace.bytes("\(path)/state.json")
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    var count = 0
    for index in bytes.indices where digits.contains(bytes[index]) {
      for bit in 0..<8 where digits.contains(bytes[index] ^ 1 << bit) {
        var flipped = bytes
        flipped[index] ^= 1 << bit
        try workspace.plant("\(path)/state.json", flipped)
        #expect(throws: StorageError.self, "byte \(index), bit \(bit)") {
          try StoredCheckpoint(at: path, in: workspace.root)
        }
        count += 1
      }
    }
    #expect(count > 200)
  }

  /// Of a state without a digest of itself, as an earlier codex wrote it.
  @Test(arguments: [
    (-1, 1, 0, 1.0), (11, 1, 0, 1.0), (10, -1, 0, 1.0), (10, .max, 0, 1.0), (10, 1, -1, 1.0), (10, 1, .max, 1.0),
    (10, 1, 0, -0.5),
  ])
  func stateThatNoTrainingWrites_isRefused(step: Int, tokens: Int, byteCount: Int, loss: Double) throws {
    let path = fixture.path.appending(try StoragePath(parsing: Self.checkpoint))
    let state = try StoredCheckpoint(at: path, in: workspace.root).state
    func plant(_ step: Int, _ tokens: Int, _ byteCount: Int, _ loss: Double) throws {
      try workspace.root.atomicReplace(
        path.appending("state.json"),
        record: CheckpointState(
          step: step, phase: state.phase, configDigest: state.configDigest, datasetDigest: state.datasetDigest,
          numericsFingerprint: state.numericsFingerprint, numTokens: tokens,
          pending: ["policy_loss": loss, "policy_weight": 1],
          metricsByteCount: byteCount, tracesByteCount: byteCount, files: state.files))
    }
    try plant(10, 1, 0, 1)
    _ = try StoredCheckpoint(at: path, in: workspace.root)  // the control
    try plant(step, tokens, byteCount, loss)
    #expect(throws: StorageError.self) { try StoredCheckpoint(at: path, in: workspace.root) }
  }

  /// A sealed state may hold sums below zero, as rewards are, and no others that no signal has.
  @Test func sumsOfASealedState_areFiniteAndFew() throws {
    let path = fixture.path.appending(try StoragePath(parsing: Self.checkpoint))
    let state = try StoredCheckpoint(at: path, in: workspace.root).state
    func plant(_ pending: [String: Double]) throws {
      let made = CheckpointState(
        step: 10, phase: state.phase, configDigest: state.configDigest, datasetDigest: state.datasetDigest,
        numericsFingerprint: state.numericsFingerprint, numTokens: 1, pending: pending, metricsByteCount: 0,
        tracesByteCount: 0, files: state.files)
      try workspace.root.atomicReplace(path.appending("state.json"), record: made.sealed())
    }
    try plant(["reward": -0.5])
    #expect(try StoredCheckpoint(at: path, in: workspace.root).state.pending == ["reward": -0.5])
    try plant(Dictionary(uniqueKeysWithValues: (0..<257).map { ("sum \($0)", 0) }))
    #expect(throws: StorageError.self) { try StoredCheckpoint(at: path, in: workspace.root) }
  }

  /// A state that was exchanged for another whole one: the metadata name the one that they were written with.
  @Test func exchangedState_isRefused() throws {
    let path = fixture.path.appending(try StoragePath(parsing: Self.checkpoint))
    let metadata = fixture.path.appending("run_metadata.json")
    var run = try workspace.root.read(RunMetadata.self, at: metadata)
    run.stateDigest = try StoredCheckpoint(at: path, in: workspace.root).stateDigest
    try workspace.root.atomicReplace(metadata, record: run)
    _ = try self.run().checkpoint()
    let state = try StoredCheckpoint(at: path, in: workspace.root).state
    try workspace.root.atomicReplace(path.appending("state.json"), record: state.sealed())
    _ = try StoredCheckpoint(at: path, in: workspace.root)
    #expect(throws: RunError.self) { try self.run().checkpoint() }
  }
}
