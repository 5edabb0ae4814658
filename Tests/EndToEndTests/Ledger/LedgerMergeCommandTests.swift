import Foundation
import Ledger
import Schemas
import Storage
import Testing

/// A job on another machine: a copy of the declaring workspace trains and evaluates, and its lines come home.
@Suite struct LedgerMergeCommandTests {
  static let ledger = ".codex/metrics/reasoning.ndjson"

  /// The declaring workspace, and the copy after its job.
  private static let workspaces: Result<(home: Workspace, away: Workspace), any Error> = Result {
    let home = try Workspace()
    try succeed(["gate", "declare", "--milestone", "M0", "--template", "baseline", "--seeds", "0,1"], in: home)
    let away = try home.copy()
    try succeed(DeclaredRunTests.train, in: home)
    try succeed(DeclaredRunTests.train + ["training.seed=1"], in: away)
    try succeed(["evaluate", "evaluation.max_problems=3", "evaluation.modes=[greedy]"], in: away)
    return (home, away)
  }

  private static func succeed(_ arguments: [String], in workspace: Workspace) throws {
    let result = try workspace.run(arguments)
    try #require(result.status == 0, "\(arguments): \(result.errors)")
  }

  private func workspaces() throws -> (home: Workspace, away: Workspace) {
    let (home, away) = try Self.workspaces.get()
    return try (home.copy(), away.copy())
  }

  private func contents(_ workspace: Workspace) throws -> LedgerContents {
    try MetricsLedger(in: StorageRoot(opening: workspace.url.path)).contents()
  }

  private func merge(_ home: Workspace, _ away: Workspace, under launcher: [String] = []) throws -> CodexProcess {
    try home.run(["metrics", "merge", away.url.path, "--json"], under: launcher)
  }

  @Test func jobElsewhere_countsHere() throws {
    let (home, away) = try workspaces()
    let result = try merge(home, away)
    #expect(result.status == 0, "\(result.errors)")
    #expect(try result.json()["schema"] == .string("codex.merge_summary/1"))
    #expect(try result.json()["data"]?["answers"] == .int(3))
    #expect(try result.json()["data"]?["run_events"] == .int(2))
    #expect(try result.json()["data"]?["intentions"] == .int(0), "both had it")
    let merged = try contents(home)
    #expect(merged.runEvents.map(\.record.seed) == [0, 0, 1, 1])
    #expect(Set(merged.runEvents.map(\.record.intention)).count == 1)
    let sourceHead = try contents(away).head
    #expect(merged.merges.map(\.record.sourceHead) == [sourceHead])
    #expect(merged.metrics.allSatisfy { merged.items(of: $0.record.measurementID).count == 3 })

    // Its run pins a line of the other ledger.
    let name = try #require(
      FileManager.default.contentsOfDirectory(atPath: away.url.path + "/runs/train_loop").first {
        $0.hasPrefix("baseline-")
      })
    try FileManager.default.copyItem(
      at: away.url.appendingPathComponent("runs/train_loop/" + name),
      to: home.url.appendingPathComponent("runs/train_loop/" + name))
    let verified = try home.run(["metrics", "verify"])
    #expect(verified.status == 0, "\(verified.output)")
    let evaluated = try home.run(["evaluate", "--run", name, "evaluation.max_problems=3", "evaluation.modes=[greedy]"])
    #expect(evaluated.status == 0, "\(evaluated.errors)")
  }

  @Test func runWithoutItsMerge_isFoundOut() throws {
    let (home, away) = try workspaces()
    try FileManager.default.removeItem(at: home.url.appendingPathComponent("runs"))
    try FileManager.default.copyItem(
      at: away.url.appendingPathComponent("runs"), to: home.url.appendingPathComponent("runs"))
    #expect(try home.run(["metrics", "verify"]).status == 1, "control: the pinned line is not here")
  }

  @Test func secondMerge_takesNothing() throws {
    let (home, away) = try workspaces()
    #expect(try merge(home, away).status == 0)
    let before = try home.text(Self.ledger)
    let again = try merge(home, away)
    #expect(again.status == 0)
    #expect(try again.json()["data"]?["answers"] == .int(0))
    #expect(try home.text(Self.ledger) == before)
  }

  @Test func contradiction_isRefusedWithBothLines() throws {
    let (home, away) = try workspaces()
    let root = try StorageRoot(opening: home.url.path)
    let known = try #require(try contents(away).runEvents.last).record
    _ = try MetricsLedger(in: root).append([
      .runEvent(
        RunEventRecord(
          runID: known.runID, event: known.event, template: known.template, overrides: known.overrides,
          runConfigDigest: known.runConfigDigest, seed: known.seed, intention: known.intention, steps: known.steps,
          weightsDigest: Digest(of: "other weights"), codexVersion: "0", recordedAt: 1))
    ])
    let line = try #require(try contents(home).head).sequence
    let before = try home.text(Self.ledger)
    let result = try merge(home, away)
    #expect(result.status == 1)
    #expect(result.output.isEmpty)
    let theirs = try #require(try contents(away).runEvents.last).head.sequence
    #expect(result.errors.contains("line \(theirs) of "), "\(result.errors)")
    #expect(result.errors.contains("says something else than line \(line) of "), "\(result.errors)")
    #expect(try home.text(Self.ledger) == before)
  }

  @Test func ledgerOfAnotherWorkspace_isRefused() throws {
    let (home, _) = try workspaces()
    let stranger = try TrainedWorkspace.copy()
    let before = try home.text(Self.ledger)
    let result = try merge(home, stranger)
    #expect(result.status == 65)
    #expect(result.errors.contains("expected a ledger that begins as"), "\(result.errors)")
    #expect(try home.text(Self.ledger) == before)
    #expect(try home.run(["metrics", "merge", "nowhere"]).status == 66)
    #expect(try merge(home, Workspace()).status == 66)
  }

  /// A merge is killed before each of its writes: the same command again makes it whole.
  @Test(.enabled(if: Strace.isAvailable, "strace is missing: no merge was killed"))
  func killedMerge_isCompletedByTheNext() throws {
    let (home, away) = try workspaces()
    let rehearsal = try home.copy()
    #expect(try merge(rehearsal, away).status == 0)
    let wanted = try contents(rehearsal)
    var killed = 0
    for call in ["write", "fsync"] {
      for ordinal in 1...(call == "write" ? 24 : 4) {
        let broken = try home.copy()
        guard try merge(broken, away, under: Strace.killing(before: call, ordinal)).status == 128 + SIGKILL else {
          break
        }
        killed += 1
        let next = try merge(broken, away)
        #expect(next.status == 0, "\(call) \(ordinal): \(next.errors)")
        #expect(try broken.run(["metrics", "verify"]).output == "sound\n")
        let contents = try contents(broken)
        #expect(contents.runEvents.map(\.record) == wanted.runEvents.map(\.record), "\(call) \(ordinal)")
        #expect(contents.lines.suffix(3).map(\.entry) == wanted.lines.suffix(3).map(\.entry), "\(call) \(ordinal)")
        #expect(try merge(broken, away).json()["data"]?["figures"] == .int(0))
      }
    }
    #expect(killed >= 8, "one write a line, and the fsync")
  }
}
