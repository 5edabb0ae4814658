import Foundation
import Schemas
import Storage
import TestSupport
import Testing

/// `codex train --multirun`: jobs in order, remembered, repeated only where something is left to do.
@Suite struct MultirunTests {
  private static let sweep =
    ["train", "--template", "baseline", "--multirun", "training.seed=1,2"]
    + TrainedWorkspace.overrides.filter { !$0.hasPrefix("training.max_steps") } + ["training.max_steps=2,3"]

  /// Two jobs of that length, with a checkpoint every five steps.
  private static func sweep(steps: Int) -> [String] {
    sweep.filter { !$0.hasPrefix("training.max_steps") && !$0.hasPrefix("training.save_steps") }
      + ["training.max_steps=\(steps)", "training.save_steps=5"]
  }

  /// Starts a multirun, and returns when it has begun to write that many checkpoints.
  private static func start(
    _ arguments: [String], in workspace: Workspace, streams: URL, untilCheckpoints count: Int
  ) throws -> Process {
    let process = try CodexProcess.start(arguments, in: workspace.url, streams: streams)
    let deadline = Date().addingTimeInterval(100)
    while Date() < deadline, process.isRunning,
      workspace.files(named: "state.json", below: "runs/train_loop").count < count
    { usleep(1000) }
    return process
  }

  private static let ledger = "runs/multirun"

  @Test func jobs_runInOrderAndAreSkippedNextTime() throws {
    let workspace = try Workspace()
    let first = try workspace.run(Self.sweep)
    #expect(first.status == 0, "\(first.errors)")
    let lines = first.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(lines[0] == ["job", "training.seed", "training.max_steps", "state", "loss", "run"])
    #expect(
      lines.dropFirst().map { Array($0.prefix(4)) } == [
        ["0", "1", "2", "completed"], ["1", "1", "3", "completed"], ["2", "2", "2", "completed"],
        ["3", "2", "3", "completed"],
      ])
    #expect(workspace.files(named: "run_metadata.json", below: "runs/train_loop").count == 4)
    let again = try workspace.run(Self.sweep + ["--json"])
    let rows = try Self.rows(again)
    #expect(rows.map { $0["state"] } == Array(repeating: .string("skipped"), count: 4))
    #expect(rows[0].keys == ["job", "loss", "message", "overrides", "run_id", "state", "values"])
    #expect(rows[3]["values"] == .object(["training.max_steps": .string("3"), "training.seed": .string("2")]))
    // Nothing was trained: the runs are as they were, and the ledger has two lines a job.
    #expect(try Self.ledgerLines(workspace).count == 8)
  }

  @Test func failedJobs_areSaidAndTriedAgain() throws {
    let workspace = try Workspace()
    let sweep = Self.sweep.filter { !$0.hasPrefix("training.seed") } + ["training.warmup_steps=0,-1,1"]
    let overrides = sweep.filter { !$0.hasPrefix("training.max_steps") } + ["training.max_steps=2"]
    let first = try workspace.run(overrides)
    #expect(first.status == 78)
    #expect(first.errors.contains("job 1 failed: override"), "\(first.errors)")
    #expect(first.errors.contains("2 of 3 jobs completed, 1 failed; the same command line again does the rest"))
    let states = try Self.rows(workspace.run(overrides + ["--json"])).map { $0["state"] }
    #expect(states == [.string("skipped"), .string("failed"), .string("skipped")])
    let fast = try Self.rows(workspace.run(overrides + ["--json", "--fail-fast"]))
    #expect(fast.map { $0["job"] } == [.int(0), .int(1)])
  }

  @Test func killedJobs_areGoneOnWith() throws {
    let workspace = try Workspace()
    let sweep = Self.sweep(steps: 60)
    let streams = try Scratch.directory()
    defer { Scratch.remove(streams) }
    // The state is a checkpoint's last file; of two, one is whole.
    let process = try Self.start(sweep, in: workspace, streams: streams, untilCheckpoints: 2)
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(try Self.ledgerLines(workspace).count == 1)
    let rest = try workspace.run(sweep + ["--json", "--verbose"])
    #expect(rest.status == 0 && rest.errors.contains(", going on after step "), "\(rest.errors)")
    // The same runs and losses as without the kill.
    let whole = try Workspace().run(sweep + ["--json"])
    #expect(try Self.rows(rest).map { $0["loss"] } == Self.rows(whole).map { $0["loss"] })
    #expect(try Self.rows(rest).map { $0["run_id"] } == Self.rows(whole).map { $0["run_id"] })
  }

  @Test func interruptedJobs_endAllWithTheTable() throws {
    let workspace = try Workspace()
    let streams = try Scratch.directory()
    defer { Scratch.remove(streams) }
    let process = try Self.start(Self.sweep(steps: 100_000), in: workspace, streams: streams, untilCheckpoints: 1)
    kill(process.processIdentifier, SIGINT)
    let result = try CodexProcess.end(of: process, streams: streams)
    #expect(result.status == 130)
    let lines = result.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(lines.count == 2 && lines.last?.contains("interrupted") == true, "\(result.output)")
    #expect(
      result.errors.hasSuffix(
        "0 of 2 jobs completed, 1 interrupted, 1 not begun; the same command line again does the rest\n"),
      "\(result.errors)")
  }

  @Test func runsThatAreGone_areTrainedAgain() throws {
    let workspace = try Workspace()
    #expect(try workspace.run(Self.sweep).status == 0)
    let gone = try #require(workspace.files(named: "run_metadata.json", below: "runs/train_loop").first)
    let directory = workspace.url.appendingPathComponent(gone).deletingLastPathComponent()
    try FileManager.default.removeItem(at: directory)
    let states = try Self.rows(workspace.run(Self.sweep + ["--json"])).map { $0["state"] }
    #expect(states.count { $0 == .string("completed") } == 1 && states.count { $0 == .string("skipped") } == 3)
  }

  @Test func aRunThatIsThere_isFoundWithoutTheLedger() throws {
    let workspace = try Workspace()
    #expect(try workspace.run(Self.sweep).status == 0)
    try FileManager.default.removeItem(at: workspace.url.appendingPathComponent(Self.ledger))
    let again = try workspace.run(Self.sweep)
    #expect(again.status == 0, "\(again.errors)")
    #expect(!again.errors.contains("loss"))
  }

  @Test func changedConfigs_areTrainedAgain() throws {
    let workspace = try Workspace()
    #expect(try workspace.run(["init"]).status == 0)
    #expect(try workspace.run(Self.sweep).status == 0)
    let path = "configs/training/base.yaml"
    try workspace.write(path, try workspace.text(path).replacing("max_grad_norm: 1.0", with: "max_grad_norm: 0.5"))
    let states = try Self.rows(workspace.run(Self.sweep + ["--json"])).map { $0["state"] }
    #expect(states == Array(repeating: .string("completed"), count: 4))
  }

  @Test(arguments: [
    (
      ["--resume", "latest"], 64,
      "codex: A multirun goes on by itself when its command is given again; leave --resume out."
    ),
    (["training.warmup_steps=interval(0,1)"], 78, "codex: "),
  ])
  func mistakes_areSaid(arguments: [String], status: Int32, message: String) throws {
    let result = try Workspace().run(["train", "--template", "baseline", "-m"] + arguments)
    #expect(result.status == status, "\(result.errors)")
    #expect(result.errors.hasPrefix(message), "\(result.errors)")
  }

  @Test func sweeps_needMultirun() throws {
    let result = try Workspace().run(["train", "--template", "baseline", "training.seed=1,2"])
    #expect(result.status == 78)
    #expect(result.errors.contains("to run with each value: add --multirun."))
  }

  @Test func page_documentsTheRecord() throws {
    let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("docs/reference/config.md")
    let record = MultirunJobRecord(
      job: 0, overrides: [], configDigest: Digest(of: ""), state: .failed, runID: "r", loss: 0, message: "m",
      recordedAt: 0)
    let keys = try RecordEncoder().value(of: record).keys
    let reference = ReferencePage(markdown: try String(contentsOf: page, encoding: .utf8))
    #expect(reference.disagreements(in: MultirunJobRecord.schema, with: keys) == [])
    // Control: a key that nobody documented is found.
    #expect(!reference.disagreements(in: MultirunJobRecord.schema, with: keys + ["secret"]).isEmpty)
  }

  private static func rows(_ result: CodexProcess) throws -> [JSONValue] {
    let value = try result.json()
    #expect(value["schema"] == .string("codex.multirun/1"))
    guard case .array(let rows)? = value["data"] else { return [] }
    return rows
  }

  private static func ledgerLines(_ workspace: Workspace) throws -> [Substring] {
    let files = workspace.files(named: "jobs.ndjson", below: ledger)
    return try files.flatMap { try workspace.text($0).split(separator: "\n").map { Substring($0) } }
  }
}
