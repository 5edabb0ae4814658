import Composition
import Ledger
import Schemas
import Storage
import Testing

@Suite struct RunEventLogTests {  // Sources/Ledger/Runs/RunEventLog.swift
  let workspace: EmptyWorkspace
  let template: ResolvedConfig
  let metadata: RunMetadata
  var ledger: MetricsLedger { MetricsLedger(in: workspace.root) }

  init() throws {
    workspace = try EmptyWorkspace()
    template = try Scene.resolved(Scene.config(shuffled: false, output: "runs/train_loop"))
    metadata = try Scene.metadata(Scene.run, Scene.weights, template.digest, seed: 1)
  }

  /// The log of a run of the template with seed 1, which is in another directory.
  private func log() throws -> RunEventLog {
    let config = try Scene.resolved(Scene.config(shuffled: false, output: "runs/x", seed: 1))
    return RunEventLog(
      ledger, of: RunOrigin(of: config.root, from: template, named: "curriculum"), codexVersion: "0")
  }

  private func at(step: Int, intention: String? = nil) -> RunMetadata {
    var metadata = metadata
    (metadata.step, metadata.intention) = (step, intention)
    return metadata
  }

  private func declare(_ id: String, template: String? = nil, seeds: [UInt64] = [0, 1]) throws {
    let name = template ?? "curriculum@\(self.template.digest)"
    _ = try ledger.append([
      .intention(
        IntentionRecord(
          id: id, milestone: "M1", clause: "win_rate", clauseDigest: Example.digest, gatesConfigDigest: Example.digest,
          template: name, seeds: seeds, budget: "64", codexVersion: "0", recordedAt: 1))
    ])
  }

  @Test func events_sayTemplateOverridesSeedStepsAndWeights() throws {
    try declare("a")
    try log().recordStart(of: at(step: 0, intention: "a"), at: 10)
    try log().recordFinish(of: at(step: 7, intention: "a"), at: 20)
    let events = try ledger.contents().runEvents.map(\.record)
    #expect(events.map(\.event) == [.started, .finished])
    #expect(events.map(\.steps) == ["0/7", "7/7"])
    #expect(events.map(\.weightsDigest) == [nil, Scene.weights])
    #expect(events.map(\.recordedAt) == [10, 20])
    for event in events {
      #expect(event.template == "curriculum@\(template.digest)")
      #expect(event.overrides == "training.output_dir,training.seed")
      #expect(event.runConfigDigest == metadata.configDigest)
      #expect(event.seed == 1 && event.intention == "a")
    }
  }

  /// The same text as a measurement's identity: gates compare the two.
  @Test func origin_isThatOfTheRunsFacts() throws {
    let config = try Scene.resolved(Scene.config(shuffled: true, output: "runs/x", seed: 1))
    let facts = RunFacts(metadata, config: config.root, template: template, weights: Scene.weights, splitRule: 1)
    let origin = RunOrigin(of: config.root, from: template, named: "curriculum")
    #expect(facts.fields[.template] == origin.template)
    #expect(facts.fields[.overrides] == origin.overrides)
    #expect(origin.overrides == "curriculum.shuffled,training.output_dir,training.seed")
  }

  @Test func events_areWrittenOnce() throws {
    for _ in 0..<2 {
      try log().recordStart(of: at(step: 0), at: 10)
      try log().recordStart(of: at(step: 3), at: 15)
      try log().recordFinish(of: at(step: 7), at: 20)
    }
    #expect(try ledger.contents().runEvents.map(\.record.steps) == ["0/7", "7/7"])
  }

  @Test func finish_ofAnUnknownRunSaysThatItBeganToo() throws {
    try log().recordFinish(of: at(step: 7), at: 20)
    let events = try ledger.contents().runEvents.map(\.record)
    #expect(events.map(\.event) == [.started, .finished])
    #expect(events.map(\.steps) == ["7/7", "7/7"], "nobody saw it begin")
  }

  /// The same run trained again, on another machine: the ledger says that it gave something else.
  @Test func finish_withOtherWeightsIsALineOfItsOwn() throws {
    try log().recordFinish(of: at(step: 7), at: 20)
    var other = at(step: 7)
    other.weightsDigest = Scene.controlWeights
    try log().recordFinish(of: other, at: 30)
    #expect(
      try ledger.contents().runEvents.compactMap(\.record.weightsDigest) == [Scene.weights, Scene.controlWeights])
  }

  @Test func intention_isTheNewestOfTemplateAndSeed() throws {
    #expect(try log().intention(of: Scene.run, seed: 1) == nil, "there is no ledger")
    try declare("a")
    try declare("b")
    try declare("c", seeds: [0])
    try declare("d", template: "curriculum@\(Example.digest)")
    #expect(try log().intention(of: Scene.run, seed: 1) == "b")
    #expect(try log().intention(of: Scene.run, seed: 2) == nil)
  }

  /// Whoever declares what was begun before has declared nothing.
  @Test func intention_ofARunThatTheLedgerKnowsStays() throws {
    try log().recordStart(of: at(step: 0), at: 10)
    try declare("late")
    #expect(try log().intention(of: Scene.run, seed: 1) == nil)
    #expect(try log().intention(of: Scene.run1, seed: 1) == "late", "control: another run is declared")
  }

  @Test func intention_refusesALedgerThatCannotBeBelieved() throws {
    try declare("a")
    let path = MetricsLedger.standardPath
    var bytes = try workspace.root.read(path, limit: 1 << 20)
    bytes[bytes.count / 2] ^= 1
    try workspace.root.atomicReplace(path, bytes)
    let error = #expect(throws: StorageError.self) { try log().intention(of: Scene.run, seed: 1) }
    #expect(error?.kind == .badData)
    #expect(throws: StorageError.self) { try log().recordStart(of: at(step: 0), at: 1) }
  }

  /// After a kill: the next append puts the torn line aside.
  @Test func intention_isFoundAboveATornLine() throws {
    try declare("a")
    let path = MetricsLedger.standardPath
    try workspace.root.atomicReplace(path, workspace.root.read(path, limit: 1 << 20) + Array("{\"data\"".utf8))
    #expect(try log().intention(of: Scene.run, seed: 1) == "a")
    try log().recordStart(of: at(step: 0, intention: "a"), at: 10)
    #expect(try ledger.contents().runEvents.count == 1)
  }
}
