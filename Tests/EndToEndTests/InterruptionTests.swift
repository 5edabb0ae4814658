import Foundation
import Testing

/// Signals end a command within two seconds, and what it wrote stays usable.
@Suite struct InterruptionTests {
  static let overrides = TrainedWorkspace.overrides + ["training.max_steps=100000"]

  @Test(arguments: [(SIGINT, 130), (SIGTERM, 143), (SIGHUP, 129)] as [(Int32, Int32)])
  func training_endsAndCanGoOn(signal: Int32, status: Int32) throws {
    let workspace = try Workspace()
    let streams = try Scratch.directory()
    defer { Scratch.remove(streams) }
    let process = try CodexProcess.start(
      ["train", "--template", "baseline"] + Self.overrides, in: workspace.url, streams: streams)
    let deadline = Date().addingTimeInterval(60)
    while workspace.files(named: "run_metadata.json", below: "runs").isEmpty, Date() < deadline {
      Thread.sleep(forTimeInterval: 0.05)
    }
    Thread.sleep(forTimeInterval: 0.2)
    let second = try workspace.run(["train", "--template", "baseline"] + Self.overrides)
    #expect(second.status == 75 && second.errors.contains("another process holds the lock"), "\(second.errors)")
    let start = Date()
    kill(process.processIdentifier, signal)
    let result = try CodexProcess.end(of: process, streams: streams)
    #expect(Date().timeIntervalSince(start) < 2)
    #expect(result.status == status, "\(result.errors)")
    #expect(result.errors.contains("Go on with '--resume latest'"), "\(result.errors)")
    #expect(try workspace.run(["datasets", "verify", try workspace.dataset()]).status == 0)
    #expect([0, 1].contains(try workspace.run(["plan", "3 + 4"]).status))
  }

  @Test func interruptedRun_goesOnWhereItStopped() throws {
    let workspace = try Workspace()
    try workspace.write("configs/training/reasoning/baseline.yaml", TrainedWorkspace.template)
    let arguments = ["train", "--template", "baseline"]
    let streams = try Scratch.directory()
    defer { Scratch.remove(streams) }
    let process = try CodexProcess.start(arguments, in: workspace.url, streams: streams)
    let deadline = Date().addingTimeInterval(60)
    while workspace.files(named: "run_metadata.json", below: "runs").isEmpty, Date() < deadline { usleep(1000) }
    kill(process.processIdentifier, SIGKILL)
    _ = try CodexProcess.end(of: process, streams: streams)
    let resumed = try workspace.run(arguments)
    #expect(resumed.status == 0, "\(resumed.errors)")
    #expect(try workspace.run(["train", "--resume", "latest"]).status == 0, "nothing is left to do")
    let straight = try TrainedWorkspace.copy()
    for file in ["metrics.ndjson", "traces.ndjson", "params.ndjson"] {
      let paths = (workspace.files(named: file, below: "runs"), straight.files(named: file, below: "runs"))
      #expect(paths.0 == paths.1)
      #expect(try workspace.text(try #require(paths.0.first)) == straight.text(try #require(paths.1.first)))
    }
    #expect(try workspace.run(["evaluate"]).status == 0, "the run is as usable as before")
  }
}
