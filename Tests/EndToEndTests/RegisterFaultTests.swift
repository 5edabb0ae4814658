import Foundation
import Schemas
import Storage
import Testing

/// `register` killed or failing at every system call that changes something.
@Suite(.enabled(if: Strace.isAvailable, "needs strace and the right to trace"))
struct RegisterFaultTests {
  /// Everything with which a register changes the file system.
  static let calls = ["openat", "write", "fsync", "mkdirat", "renameat", "flock"]

  /// Nothing acknowledged is lost, the next command succeeds, and running it again completes it.
  @Test(arguments: calls)
  func killedBeforeACall_nothingIsLost(call: String) throws {
    let original = try RegisteredWorkspace.make()
    let acknowledged = try RegisteredWorkspace.movements(original)
    let arguments = RegisteredWorkspace.register("run-1")
    let changing = try Self.changing(call, arguments, in: RegisteredWorkspace.copy(of: original))
    #expect(!changing.isEmpty)
    for count in changing {
      let workspace = try RegisteredWorkspace.copy(of: original)
      let place = "killed before \(call) number \(count)"
      let killed = try workspace.run(arguments, under: Strace.killing(before: call, count))
      #expect(killed.status == 137, "\(place): \(killed.status) \(killed.errors)")
      let after = try RegisteredWorkspace.movements(workspace)
      #expect(after.starts(with: acknowledged) && after.count <= 2, "\(place)")
      let verdict = try workspace.run(["registry", "verify"])
      #expect(verdict.status == 0, "\(place): \(verdict.output)\(verdict.errors)")
      let again = try workspace.run(arguments)
      #expect(again.status == 0, "\(place): \(again.errors)")
      let completed = try RegisteredWorkspace.movements(workspace)
      #expect(completed.count == 2 && completed.starts(with: after), "\(place)")
      #expect(workspace.files(named: "bundle.json", below: "artifacts").count == 2, "\(place)")
    }
  }

  /// Which of the calls of `call` change something, counted from 1: killed before any other, a process leaves what it
  /// would leave before the next one that does. Opening a file changes something if it may make it.
  private static func changing(_ call: String, _ arguments: [String], in workspace: Workspace) throws -> [Int] {
    let log = workspace.url.path + "-calls"
    defer { Scratch.remove(URL(fileURLWithPath: log)) }
    let result = try workspace.run(arguments, under: Strace.listing(call, to: log))
    try #require(result.status == 0, "\(result.errors)")
    let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").filter {
      $0.contains(" \(call)(")
    }
    return lines.indices.filter { call != "openat" || lines[$0].contains("O_CREAT") }.map { $0 + 1 }
  }

  /// A call that fails ends the command with a documented code; what was there stays, and the next attempt succeeds.
  @Test(arguments: [
    ("write", "ENOSPC"), ("write", "EIO"), ("fsync", "EIO"), ("mkdirat", "ENOSPC"), ("renameat", "EIO"),
    ("renameat", "ENOSPC"), ("flock", "EIO"),
  ])
  func aFailingCall_isReportedAndLeavesNothingTorn(call: String, error: String) throws {
    let original = try RegisteredWorkspace.make()
    let acknowledged = try RegisteredWorkspace.movements(original)
    var count = 1
    while true {
      let workspace = try RegisteredWorkspace.copy(of: original)
      let arguments = RegisteredWorkspace.register("run-1")
      let failed = try workspace.run(arguments, under: Strace.failing(call, error, count))
      let place = "\(call) number \(count) fails with \(error)"
      let after = try RegisteredWorkspace.movements(workspace)
      #expect(after.starts(with: acknowledged) && after.count <= 2, "\(place)")
      if failed.status == 0 {
        #expect(after.count == 2, "\(place)")
        break
      }
      #expect([73, 74, 75].contains(failed.status), "\(place): \(failed.status) \(failed.errors)")
      #expect(try workspace.run(["registry", "verify"]).status == 0, "\(place)")
      #expect(try workspace.run(arguments).status == 0, "\(place)")
      #expect(try RegisteredWorkspace.movements(workspace).count == 2, "\(place)")
      count += 1
      try #require(count < 500)
    }
  }

  /// A file size limit in the middle of a line makes write(2) short.
  @Test func shortWrites_areCutOffAgain() throws {
    let original = try RegisteredWorkspace.make(runs: 8, registered: 7)
    let acknowledged = try RegisteredWorkspace.movements(original)
    var statuses: Set<Int32> = []
    for blocks in 1...14 {
      let workspace = try RegisteredWorkspace.copy(of: original)
      let limit = ["/bin/sh", "-c", "ulimit -f \(blocks) && exec \"$@\"", "sh"]
      let result = try workspace.run(RegisteredWorkspace.register("run-7"), under: limit)
      statuses.insert(result.status)
      #expect([0, 74].contains(result.status), "\(blocks): \(result.status) \(result.errors)")
      let after = try RegisteredWorkspace.movements(workspace)
      #expect(after.starts(with: acknowledged) && after.count == (result.status == 0 ? 8 : 7), "\(blocks)")
      #expect(try workspace.run(["registry", "verify"]).status == 0, "\(blocks)")
    }
    #expect(statuses == [0, 74])
  }

  /// The same harness on a writer that empties its file before it writes it again.
  @Test func control_aNaiveWriterLosesWhatItAcknowledged() throws {
    let script = "exec 3>tags; printf '%s\\n' one two >&3"
    var isLost = false
    for count in 1...3 {
      let workspace = try Workspace()
      try workspace.write("tags", "one\n")
      _ = try CodexProcess.runShell(script, in: workspace.url, under: Strace.killing(before: "write", count))
      if try !workspace.text("tags").hasPrefix("one\n") { isLost = true }
    }
    #expect(isLost)
  }
}
