import Foundation
import Schemas
import Storage
import Testing

/// From an evaluation to the evidence that commands read.
@Suite struct LedgerCommandTests {
  static let evaluate = ["evaluate", "evaluation.max_problems=8", "evaluation.modes=[greedy,best-first]"]
  static let ledger = ".codex/metrics/reasoning.ndjson"

  private static let evaluated: Result<Workspace, any Error> = Result {
    let workspace = try TrainedWorkspace.copy()
    #expect(try workspace.run(evaluate).status == 0)
    let second = try workspace.run(evaluate + ["--reference", "latest"])
    try #require(second.status == 0, "\(second.errors)")
    return workspace
  }

  private func workspace() throws -> Workspace { try Self.evaluated.get().copy() }

  private func metadata(_ workspace: Workspace) throws -> RunMetadata {
    let text = try workspace.text("runs/train_loop/latest/run_metadata.json")
    return try RecordDecoder().record(RunMetadata.self, from: Array(text.dropLast().utf8))
  }

  @Test func evaluate_appendsItemsThenMetricsAndPinsTheHead() throws {
    let workspace = try workspace()
    let lines = try workspace.text(Self.ledger).split(separator: "\n").map { line in
      try JSONReader.parse(Array(line.utf8))
    }
    let schemas = lines.map { line -> String in
      if case .string(let schema)? = line["schema"] { schema } else { "" }
    }
    #expect(schemas.first == "codex.ledger_rule/1")
    let training = try #require(schemas.firstIndex(of: "codex.run_event/1"))
    #expect(schemas[training + 1] == "codex.run_event/1", "it began and ended")
    let half = Array(schemas.dropFirst(training + 2).prefix(16))
    #expect(half == Array(repeating: "codex.item/1", count: 16), "8 problems in 2 modes")
    #expect(schemas.last == "codex.metric/2")
    #expect(schemas.count { $0 == "codex.item/1" } == 32, "a second evaluation is a second measurement")
    #expect(try metadata(workspace).ledgerHead?.sequence == lines.count - 1)
    let first = lines[training + 2]["data"]?["measurement_id"]
    let winRates = lines.filter { $0["data"]?["metric"] == .string("reasoning.win_rate") }
    #expect(winRates.count == 2)
    #expect(winRates.allSatisfy { $0["data"]?["reference"]?["measurement_id"] == first })
    #expect(try workspace.run(["metrics", "verify"]).output == "sound\n")
  }

  @Test func resume_keepsThePinnedHead() throws {
    let workspace = try workspace()
    let head = try metadata(workspace).ledgerHead
    let result = try workspace.run(["train", "--resume", "latest"])
    #expect(result.status == 0, "\(result.errors)")
    #expect(head != nil)
    #expect(try metadata(workspace).ledgerHead == head)
  }

  @Test func summarize_poolsByGroup() throws {
    let workspace = try workspace()
    func rows(_ arguments: [String]) throws -> [JSONValue] {
      let result = try workspace.run(["metrics", "summarize", "--metric", "reasoning.accuracy", "--json"] + arguments)
      #expect(result.status == 0, "\(result.errors)")
      guard case .array(let rows)? = try result.json()["data"] else { return [] }
      return rows
    }
    #expect(try rows([]).map { $0["mode"] } == [.string("best-first"), .string("greedy")])
    #expect(try rows([]).allSatisfy { $0["n"] == .int(8) }, "only the newest measurement counts")
    for by in ["run", "world", "level", "category", "mode", "template"] {
      let counts = try rows(["--by", by, "--mode", "greedy", "--run", "latest"]).map { row -> Int64 in
        if case .int(let count)? = row["n"] { count } else { 0 }
      }
      #expect(counts.reduce(0, +) == 8, "\(by)")
    }
  }

  @Test func compare_pairsByProblem() throws {
    let result = try workspace().run(
      ["metrics", "compare", "--metric", "reasoning.accuracy", "--reference", "latest", "--json"])
    #expect(result.status == 0, "\(result.errors)")
    guard case .array(let rows)? = try result.json()["data"] else { return }
    #expect(rows.count == 2)
    for row in rows {
      #expect(row["n"] == .int(8) && row["ties"] == .int(8) && row["win_rate"] == .double(0.5))
    }
  }

  @Test(arguments: [
    (
      ["summarize", "--metric", "reasoning.latency_p95"], "codex.metric_summary/1",
      ["budget", "dataset", "evaluation", "group", "lower", "mode", "n", "run_id", "split", "upper", "value"]
    ),
    (
      ["compare", "--metric", "reasoning.trace_coverage", "--reference", "latest"], "codex.metric_comparison/1",
      [
        "dataset", "detectable_difference", "losses", "lower", "mode", "n", "p", "p_adjusted", "reference_value",
        "ties",
        "upper", "value", "win_rate", "wins",
      ]
    ),
    (["verify"], "codex.ledger_verdict/1", ["findings", "head", "pinned_heads", "sound"]),
  ])
  func keys_areStable(arguments: [String], schema: String, keys: [String]) throws {
    let value = try workspace().run(["metrics"] + arguments + ["--json"]).json()
    #expect(value["schema"] == .string(schema))
    let first = if case .array(let rows)? = value["data"] { rows.first } else { value["data"] }
    guard case .object(let object)? = first else {
      Issue.record("expected an object, got \(String(describing: first))")
      return
    }
    #expect(object.members.map(\.key) == keys)
  }

  @Test(arguments: [
    (
      ["--metric", "reasoning.accuracy", "--run", "nobody"], Int32(66),
      "no measurement of reasoning.accuracy of run nobody"
    ),
    (["--metric", "reasoning.shadow_latency_p95"], 66, "no measurement of reasoning.shadow_latency_p95"),
    (["--metric", "reasoning.win_rate", "--by", "level"], 64, "cannot be summarised by level"),
    (["--metric", "accuracy"], 64, "The value 'accuracy' is invalid"),
    (["--metric", "reasoning.accuracy", "--ledger", "none.ndjson"], 66, "none.ndjson"),
  ])
  func summarize_refusesWhatItCannotAnswer(arguments: [String], status: Int32, message: String) throws {
    let result = try workspace().run(["metrics", "summarize"] + arguments)
    #expect(result.status == status)
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(result.output.isEmpty)
  }

  @Test func verify_namesTheLineThatWasChanged() throws {
    let workspace = try workspace()
    var lines = try workspace.text(Self.ledger).split(separator: "\n").map(String.init)
    lines[6] = lines[6].replacing("\"correct\":", with: "\"correkt\":")
    try workspace.write(Self.ledger, lines.joined(separator: "\n") + "\n")
    let result = try workspace.run(["metrics", "verify", "--json"])
    #expect(result.status == 1)
    guard case .array(let findings)? = try result.json()["data"]?["findings"] else { return }
    #expect(findings.map { $0["line"] } == [.int(7)])
    for command in [["metrics", "summarize", "--metric", "reasoning.accuracy"], ["metrics", "verify"]] {
      #expect(try workspace.run(command).status == (command[1] == "verify" ? 1 : 65))
    }
  }

  @Test func verify_noticesACutByThePinnedHead() throws {
    let workspace = try workspace()
    let lines = try workspace.text(Self.ledger).split(separator: "\n").map(String.init)
    try workspace.write(Self.ledger, lines.dropLast(3).joined(separator: "\n") + "\n")
    let result = try workspace.run(["metrics", "verify"])
    #expect(result.status == 1)
    #expect(result.output.contains("expected line \(lines.count) with the pinned digest"), "\(result.output)")
  }

  /// With the run elsewhere, and with nothing pinned but by the head file.
  @Test(arguments: [false, true]) func verify_noticesACutOfWhatNoRunPins(deletingHead: Bool) throws {
    let workspace = try workspace()
    #expect(try workspace.run(["gate", "--milestone", "M0"]).status == 1)
    let lines = try workspace.text(Self.ledger).split(separator: "\n").map(String.init)
    try workspace.write(Self.ledger, lines.dropLast().joined(separator: "\n") + "\n")
    if deletingHead { try FileManager.default.removeItem(atPath: workspace.url.path + "/" + Self.ledger + ".head") }
    let before = try workspace.text(Self.ledger)
    let result = try workspace.run(["metrics", "verify", "--json"])
    #expect(result.status == 1)
    #expect(try result.json()["data"]?["head"] == .string(deletingHead ? "missing" : "cut"))
    let gate = try workspace.run(["gate", "--milestone", "M0"])
    #expect(gate.status == 1)
    #expect(gate.output.contains(deletingHead ? "head_file_missing" : "cut_below_head"), "\(gate.output)")
    for command in [["metrics", "summarize", "--metric", "reasoning.accuracy"], Self.evaluate] {
      let refused = try workspace.run(command)
      #expect(refused.status == 65 && refused.errors.contains("reasoning.ndjson.head"), "\(refused.errors)")
    }
    #expect(try workspace.text(Self.ledger) == before, "nothing is papered over")
  }

  /// `training.output_dir` puts a run anywhere below runs/: its pinned head counts all the same.
  @Test(arguments: ["runs/x", "runs/deep/er"]) func verify_readsTheHeadsOfEveryRun(directory: String) throws {
    let workspace = try workspace()
    let manager = FileManager.default
    let base = workspace.url.path + "/"
    try manager.createDirectory(
      atPath: base + (directory as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try manager.moveItem(atPath: base + "runs/train_loop", toPath: base + directory)
    try workspace.write("other.ndjson", "")
    let result = try workspace.run(["metrics", "verify", "--ledger", "other.ndjson", "--json"])
    #expect(result.status == 1)
    #expect(try result.json()["data"]?["pinned_heads"] == .int(1))
    #expect(result.output.contains("with the pinned digest"), "\(result.output)")
  }

  @Test func verify_withoutALedger() throws {
    let result = try Workspace().run(["metrics", "verify"])
    #expect(result.status == 66)
    #expect(result.errors.contains(".codex/metrics"), "\(result.errors)")
  }

  @Test func evaluate_waitsForNobodyWhoTrains() throws {
    let workspace = try workspace()
    let root = try StorageRoot(opening: workspace.url.resolvingSymlinksInPath().path)
    let target = try FileManager.default.destinationOfSymbolicLink(
      atPath: workspace.url.path + "/runs/train_loop/latest")
    let lock = try FileLock(StoragePath(parsing: "runs/train_loop/\(target)/run.lock"), in: root)
    try withExtendedLifetime(lock) {
      let result = try workspace.run(Self.evaluate)
      #expect(result.status == 75)
      #expect(result.errors.contains("run.lock: another process holds the lock"), "\(result.errors)")
    }
  }

  /// Hostile places for a ledger: refused without following a link and without a trap.
  @Test(arguments: ["", "/", ".", "..", "a/..", ".hidden", "-x", "a\u{1B}[2Jb", "ä", "x y", "dir", "link", "fifo"])
  func ledgerOption_refusesHostilePaths(path: String) throws {
    let workspace = try workspace()
    let base = workspace.url.path
    try FileManager.default.createDirectory(atPath: base + "/dir", withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: base + "/link", withDestinationPath: Self.ledger)
    mkfifo(base + "/fifo", 0o644)
    let before = try workspace.text(Self.ledger)
    for command in [["metrics", "verify"], Self.evaluate] {
      let result = try workspace.run(command + ["--ledger=\(path)"])
      #expect([64, 65, 66, 73].contains(result.status), "\(command) \(path): \(result.status) \(result.errors)")
      #expect(!result.errors.contains("\u{1B}"))
    }
    #expect(try workspace.text(Self.ledger) == before)
  }
}
