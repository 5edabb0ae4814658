import Foundation
import Schemas
import Storage
import Testing

/// `register` and `registry` in a workspace with runs.
@Suite struct RegisterTests {
  @Test func aTrainedRun_isPackedShownAndVerified() throws {
    let workspace = try TrainedWorkspace.copy()
    let evaluation = try workspace.run(["evaluate", "evaluation.max_problems=5", "evaluation.modes=[greedy]"])
    try #require(evaluation.status == 0, "\(evaluation.errors)")
    let result = try workspace.run(
      ["register", "--bundle", "runs/train_loop/latest", "--tag", "reasoning/r1", "--notes", "first", "--json"])
    try #require(result.status == 0, "\(result.errors)")
    let data = try #require(try result.json()["data"])
    guard case .string(let digest) = data["bundle_digest"], case .string(let path) = data["path"] else {
      Issue.record("no digest or path in \(result.output)")
      return
    }
    #expect(path == "artifacts/runs/baseline/\(digest.dropFirst(7))")
    for reference in ["reasoning/r1", digest, "./\(path)"] {
      let show = try workspace.run(["registry", "show", reference, "--json"])
      #expect(try show.json()["data"]?["bundle_digest"] == .string(digest), "\(show.errors)")
      #expect(try workspace.run(["registry", "verify", reference]).status == 0)
    }
    let shown = try workspace.run(["registry", "show", "reasoning/r1", "--json"]).json()
    #expect(shown["data"]?["manifest"]?["ledger_head"] != nil)
    #expect(workspace.files(named: "bundle.json", below: path).count == 1)
    #expect(try workspace.run(["registry", "list"]).output.contains("reasoning/r1 (version 1)"))
    #expect(try workspace.run(["registry", "history", "reasoning/r1"]).output.contains("first"))
    #expect(try workspace.run(["registry", "verify"]).output == "sound: 1 bundles, 1 movements of tags\n")
  }

  /// A tag that names a milestone is given to runs that hold it, or says that this one does not.
  @Test(arguments: ["reasoning/M0", "reasoning/m0", "M1/first", "reasoning/M3"])
  func aMilestonesTag_isProvenOrSaysThatItIsNot(tag: String) throws {
    let workspace = try RegisteredWorkspace.make(runs: 1)
    let register = ["register", "--bundle", "run-0", "--tag", tag]
    let refused = try workspace.run(register)
    #expect(refused.status == 1 && refused.errors.contains("names a milestone"), "\(refused.errors)")
    #expect(try RegisteredWorkspace.movements(workspace).count == 1)
    let insisted = try workspace.run(register + ["--unproven"])
    #expect(insisted.status == 0 && insisted.output.contains("unproven"), "\(insisted.output)\(insisted.errors)")
    #expect(try RegisteredWorkspace.movements(workspace).last?.unproven == true)
    #expect(try workspace.run(["registry", "list"]).output.contains("unproven"))
    #expect(try workspace.run(["registry", "history", tag]).output.contains("unproven"))
    // The control: other tags are free.
    let free = try workspace.run(["register", "--bundle", "run-0", "--tag", "reasoning/M0-candidate"])
    #expect(free.status == 0 && !free.output.contains("unproven"), "\(free.errors)")
  }

  @Test func aChangedBundle_isNamedAndNotUsed() throws {
    let workspace = try RegisteredWorkspace.make(runs: 1)
    let path = try #require(workspace.files(named: "tokenizer.json", below: "artifacts").first)
    try workspace.corrupt(path)
    let verdict = try workspace.run(["registry", "verify", "reasoning/r1"])
    #expect(verdict.status == 1)
    #expect(verdict.output.contains("\(path)  0..<3  changed"), "\(verdict.output)")
    #expect(try workspace.run(["registry", "show", "reasoning/r1"]).status == 65)
    #expect(try workspace.run(RegisteredWorkspace.register("run-0")).status == 65)
  }

  @Test func expect_refusesAnotherDigest() throws {
    let workspace = try RegisteredWorkspace.make(runs: 2)
    let wrong = "sha256:" + String(repeating: "0", count: 64)
    let refused = try workspace.run(RegisteredWorkspace.register("run-1") + ["--expect", wrong])
    #expect(refused.status == 1)
    #expect(refused.errors.contains("expected a bundle \(wrong)"), "\(refused.errors)")
    #expect(try RegisteredWorkspace.movements(workspace).count == 1)
    #expect(workspace.files(named: "bundle.json", below: "artifacts").count == 1)
    let digest = try RegisteredWorkspace.movements(workspace)[0].bundleDigest
    #expect(try workspace.run(RegisteredWorkspace.register("run-0") + ["--expect", digest.description]).status == 0)
  }

  @Test(arguments: [
    (["registry", "show", "reasoning/r9"], 66, "expected one of reasoning/r1"),
    (["registry", "history", "reasoning/r9"], 66, "expected one of reasoning/r1"),
    (["registry", "show", "sha256:" + String(repeating: "0", count: 64)], 66, "no bundle below artifacts/runs"),
    (["registry", "verify", "./artifacts/none"], 66, "no such bundle"),
    (["register", "--bundle", "run-7", "--tag", "a"], 66, "no such run"),
    (["register", "--bundle", "run-0", "--tag", "a b"], 64, "'a b' is no tag"),
    (["register", "--bundle", "run-0", "--tag", "a", "--notes", ""], 64, "--notes has 0 bytes"),
  ])
  func whatIsNotThere_isSaid(arguments: [String], status: Int32, message: String) throws {
    let result = try RegisteredWorkspace.make(runs: 1).run(arguments)
    #expect(result.status == status)
    #expect(result.errors.contains(message), "\(result.errors)")
  }

  @Test func aRunWhoseConfigurationWasChanged_isNotPacked() throws {
    let workspace = try RegisteredWorkspace.make(runs: 1, registered: 0)
    try workspace.write("runs/train_loop/run-0/config.yaml", "seed: 2\n")
    #expect(try workspace.run(RegisteredWorkspace.register("run-0")).status == 65)
  }

  /// The losers of a race get 75 and try again.
  @Test func eightProcesses_moveOneTagWithoutAGap() throws {
    let workspace = try RegisteredWorkspace.make(runs: 8, registered: 0)
    var waiting = Array(0..<8)
    var rounds = 0
    while !waiting.isEmpty, rounds < 50 {
      rounds += 1
      let started = try waiting.map { index in
        let streams = try Scratch.directory()
        return (
          index, streams,
          try CodexProcess.start(RegisteredWorkspace.register("run-\(index)"), in: workspace.url, streams: streams)
        )
      }
      waiting = try started.compactMap { index, streams, process in
        defer { Scratch.remove(streams) }
        let result = try CodexProcess.end(of: process, streams: streams)
        #expect([0, 75].contains(result.status), "\(result.errors)")
        return result.status == 0 ? nil : index
      }
    }
    #expect(try RegisteredWorkspace.movements(workspace).map(\.version) == Array(1...8))
    #expect(try workspace.run(["registry", "verify"]).status == 0)
  }
}
