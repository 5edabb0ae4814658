import Foundation
import Ledger
import Schemas
import Storage
import Testing

/// A question is declared, then a run trained: the ledger knows both, whatever becomes of the run's directory.
@Suite struct DeclaredRunTests {
  static let train = ["train", "--template", "baseline"] + TrainedWorkspace.overrides
  static let declare = ["gate", "declare", "--milestone", "M0", "--template", "baseline"]
  static let ledger = ".codex/metrics/reasoning.ndjson"

  private func contents(_ workspace: Workspace) throws -> LedgerContents {
    try MetricsLedger(in: StorageRoot(opening: workspace.url.path)).contents()
  }

  private func metadata(_ workspace: Workspace) throws -> RunMetadata {
    let path = try #require(workspace.files(named: "run_metadata.json", below: "runs").first)
    return try RecordDecoder().record(RunMetadata.self, from: Array(workspace.text(path).utf8))
  }

  private func events(_ workspace: Workspace) throws -> [RunEventRecord] {
    try contents(workspace).runEvents.map(\.record)
  }

  @Test func declaredRun_standsInTheLedgerInOrder() throws {
    let workspace = try Workspace()
    let declared = try workspace.run(Self.declare + ["--seeds", "0,1", "--json"])
    #expect(declared.status == 0, "\(declared.errors)")
    #expect(try workspace.run(Self.train).status == 0)
    let contents = try contents(workspace)
    let intention = try #require(contents.intentions.first)
    #expect(try declared.json()["schema"] == .string("codex.declaration/1"))
    guard case .array(let rows)? = try declared.json()["data"] else { return }
    #expect(rows.map { $0["id"] } == [.string(intention.record.id)])
    #expect(intention.record.seeds == [0, 1])
    #expect(contents.runEvents.map(\.record.event) == [.started, .finished])
    #expect(contents.runEvents.allSatisfy { $0.head.sequence > intention.head.sequence })
    let run = try metadata(workspace)
    #expect(run.intention == intention.record.id)
    for event in contents.runEvents.map(\.record) {
      #expect(event.runID == run.runID && event.runConfigDigest == run.configDigest && event.seed == run.seed)
      #expect(event.intention == intention.record.id && event.template == intention.record.template)
      #expect(event.overrides.contains("training.max_steps"))
    }
    #expect(contents.runEvents.map(\.record.steps) == ["0/20", "20/20"])
    #expect(contents.runEvents.last?.record.weightsDigest == run.weightsDigest)

    // The ledger decides nothing about the run itself.
    let undeclared = try TrainedWorkspace.copy()
    for name in ["model.safetensors", "optimizer.safetensors", "state.json", "metrics.ndjson", "traces.ndjson"] {
      let paths = [workspace, undeclared].map { $0.files(named: name, below: "runs") }
      #expect(paths[0] == paths[1])
      let path = try #require(paths[0].last)
      let bytes = try [workspace, undeclared].map { try Data(contentsOf: $0.url.appendingPathComponent(path)) }
      #expect(bytes[0] == bytes[1], "\(name)")
    }
    #expect(try metadata(undeclared).intention == nil, "control")
    #expect(try events(undeclared).allSatisfy { $0.intention == nil }, "control")
  }

  @Test func deletedRun_staysInTheLedger() throws {
    let workspace = try TrainedWorkspace.copy()
    let before = try workspace.text(Self.ledger)
    // Without "configs", the template is the shipped one, which the gates pin; the run is the same.
    for name in ["runs", "configs"] {
      try FileManager.default.removeItem(at: workspace.url.appendingPathComponent(name))
    }
    #expect(try workspace.run(Self.declare).status == 0)
    #expect(try workspace.run(Self.train).status == 0)
    #expect(try workspace.text(Self.ledger).hasPrefix(before))
    #expect(try events(workspace).count == 2, "the same run is no other one")
    #expect(try metadata(workspace).intention == nil, "it was begun before the declaration")
  }

  @Test func secondDeclaration_isASecondAttempt() throws {
    let workspace = try Workspace()
    #expect(try !workspace.run(Self.declare).errors.contains("attempt"))
    let second = try workspace.run(Self.declare)
    #expect(second.status == 0)
    #expect(second.errors.contains("trace_coverage was declared before: this is attempt 2"), "\(second.errors)")
    #expect(Set(try contents(workspace).intentions.map(\.record.id)).count == 2)
  }

  @Test(arguments: [
    (["--milestone", "M0"], Int32(64), "M0 trace_coverage asks for runs of baseline or countdown or curriculum"),
    (["--milestone", "M3"], 64, "M3 asks for no figure"),
    (["--milestone", "M9"], 64, "'M9' is no milestone"),
    (["--milestone", "M1", "--template", "baseline"], 64, "M1 asks for no run of 'baseline'"),
    (["--milestone", "M1", "--seeds", "0,7"], 64, "win_rate asks for no run with seed 7"),
    (["--milestone", "M1", "--seeds", "0,0"], 64, "The value '0,0' is invalid"),
    (["--milestone", "M0", "--template", "none"], 64, "M0 asks for no run of 'none'"),
  ])
  func declare_refusesWhatNoRunAnswers(arguments: [String], status: Int32, message: String) throws {
    let workspace = try Workspace()
    let result = try workspace.run(["gate", "declare"] + arguments)
    #expect(result.status == status)
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(!FileManager.default.fileExists(atPath: workspace.url.path + "/" + Self.ledger))
  }

  @Test func interruptedRun_leavesItsBeginning_andIsFinishedOnce() throws {
    let workspace = try Workspace()
    let arguments = Self.train + ["training.max_steps=80"]
    try withRun(arguments, in: workspace) { process in kill(process.processIdentifier, SIGKILL) }
    #expect(try events(workspace).map(\.event) == [.started])
    for _ in 0..<2 {
      let resumed = try workspace.run(["train", "--resume", "latest"])
      #expect(resumed.status == 0, "\(resumed.errors)")
      #expect(try events(workspace).map(\.event) == [.started, .finished])
    }
    #expect(try events(workspace).map(\.steps) == ["0/80", "80/80"])
  }

  /// A run of a workspace whose ledger is new: the ledger says how far it was when they met.
  @Test func resumeOfAnUnknownRun_saysThatItWasUnderWay() throws {
    let workspace = try Workspace()
    try withRun(Self.train + ["training.max_steps=80"], in: workspace) { process in
      while try metadata(workspace).step == 0 { usleep(1000) }
      kill(process.processIdentifier, SIGKILL)
    }
    try FileManager.default.removeItem(at: workspace.url.appendingPathComponent(".codex"))
    #expect(try workspace.run(["train", "--resume", "latest"]).status == 0)
    let events = try events(workspace)
    #expect(events.map(\.event) == [.started, .finished])
    #expect(events.first?.steps.hasPrefix("0/") == false, "\(events)")
  }

  /// The run is whole and the command says what to do.
  @Test func ledgerThatIsLostMeanwhile_losesNoRun() throws {
    let workspace = try Workspace()
    let file = workspace.url.appendingPathComponent(Self.ledger), kept = workspace.url.appendingPathComponent("kept")
    let result = try withRun(Self.train + ["training.max_steps=80"], in: workspace) { _ in
      try FileManager.default.moveItem(at: file, to: kept)
      try FileManager.default.createDirectory(at: file, withIntermediateDirectories: false)
    }
    #expect([65, 74].contains(result.status), "\(result.status) \(result.errors)")
    let run = try metadata(workspace)
    #expect(run.status == .completed)
    #expect(
      result.errors.contains("'codex train --resume runs/train_loop/\(run.runID)' adds the line"), "\(result.errors)")
    try FileManager.default.removeItem(at: file)
    try FileManager.default.moveItem(at: kept, to: file)
    #expect(try events(workspace).map(\.event) == [.started])
    #expect(try workspace.run(["train", "--resume", "runs/train_loop/\(run.runID)"]).status == 0)
    #expect(try events(workspace).map(\.event) == [.started, .finished])
    #expect(try metadata(workspace) == run, "nothing else changed")
  }

  @Test func ledgerThatCannotBeBelieved_isRefusedBeforeAnythingIsWritten() throws {
    let workspace = try Workspace()
    #expect(try workspace.run(Self.declare).status == 0)
    try workspace.corrupt(Self.ledger)
    let result = try workspace.run(Self.train)
    #expect(result.status == 65, "\(result.errors)")
    #expect(result.errors.contains("reasoning.ndjson"), "\(result.errors)")
    for name in ["runs", "datasets"] {
      #expect(!FileManager.default.fileExists(atPath: workspace.url.path + "/" + name))
    }
  }

  @Test func multirun_recordsEachRun() throws {
    let workspace = try Workspace()
    #expect(try workspace.run(Self.declare).status == 0)
    let arguments = Self.train + ["--multirun", "training.seed=0,1"]
    for _ in 0..<2 {
      let result = try workspace.run(arguments)
      #expect(result.status == 0, "\(result.errors)")
      let events = try events(workspace)
      #expect(events.map(\.seed) == [0, 0, 1, 1])
      #expect(events.map(\.event) == [.started, .finished, .started, .finished])
      #expect(events.map { $0.intention != nil } == [true, true, false, false], "seed 1 was not declared")
    }
  }

  /// Starts a training, calls `body` once the ledger says that the run began, and waits for its end.
  @discardableResult
  private func withRun(
    _ arguments: [String], in workspace: Workspace, _ body: (Process) throws -> Void
  ) throws -> CodexProcess {
    let streams = try Scratch.directory()
    defer { Scratch.remove(streams) }
    let process = try CodexProcess.start(arguments, in: workspace.url, streams: streams)
    let deadline = Date().addingTimeInterval(60)
    while (try? workspace.text(Self.ledger).contains("\"event\":\"started\"")) != true, Date() < deadline {
      usleep(1000)
    }
    try body(process)
    return try CodexProcess.end(of: process, streams: streams)
  }
}
