import Foundation
import Testing

/// What a failing device, a signal, an archive or a second process must not take away or leave half done.
@Suite struct DurabilityTests {
  private static let sizes = [
    "dataset.sizes.train=30", "dataset.sizes.validation=4", "dataset.sizes.test=4",
  ]

  private func materialize(_ seed: Int, _ more: [String] = []) -> [String] {
    ["datasets", "materialize", "--preset", "reasoning/baseline", "--seed", "\(seed)", "--output", "set"] + Self.sizes
      + more
  }

  /// Once the directories were exchanged, the old contents are the only ones that the device is known to hold.
  @Test(.enabled(if: Strace.isAvailable, "needs strace and the right to trace"))
  func failingFsync_neverTakesTheLastCopy() throws {
    let original = try Workspace()
    #expect(try original.run(materialize(1)).status == 0)
    let old = try original.text("set/dataset_manifest.json")
    var keptBoth = 0
    var count = 1
    while true {
      let workspace = try original.copy()
      let failed = try workspace.run(materialize(2, ["--force"]), under: Strace.failing("fsync", "EIO", count))
      let place = "fsync number \(count): \(failed.errors)"
      #expect(try workspace.run(["datasets", "verify", "set"]).status == 0, "\(place)")
      let visible = try workspace.text("set/dataset_manifest.json")
      guard failed.status != 0 else {
        #expect(visible != old)
        break
      }
      #expect(failed.status == 74, "\(place)")
      let kept = try FileManager.default.contentsOfDirectory(atPath: workspace.url.path).filter {
        $0.hasPrefix(".tmp-")
      }
      if visible == old {
        #expect(failed.errors.contains("cannot fsync") && kept.isEmpty, "\(place)")
      } else {
        let name = try #require(kept.first, "\(place)")
        #expect(try workspace.text("\(name)/dataset_manifest.json") == old, "\(place)")
        #expect(failed.errors.contains("the new contents are there") && failed.errors.contains(name), "\(place)")
        keptBoth += 1
      }
      count += 1
      try #require(count < 100)
    }
    #expect(keptBoth == 1, "the fsync behind the exchange failed once")
  }

  /// Whoever repeats a command until it ends with 0 must come to an end: finished work is finished, signal or not.
  @Test(.enabled(if: Strace.isAvailable, "needs strace and the right to trace"))
  func signalBehindTheLastStep_isNoInterruption() throws {
    let arguments = ["train", "--template", "baseline"] + TrainedWorkspace.overrides
    let log = try Scratch.directory()
    defer { Scratch.remove(log) }
    let calls = log.appendingPathComponent("calls")
    #expect(try Workspace().run(arguments, under: Strace.listing("fsync", to: calls.path)).status == 0)
    let count = try String(contentsOf: calls, encoding: .utf8).split(separator: "\n").count { $0.contains(" fsync(") }
    try #require(count > 20)
    var statuses: [Int32] = []
    for number in (count - 7)...count {
      let workspace = try Workspace()
      let stopped = try workspace.run(arguments, under: Strace.signalling("TERM", at: "fsync", number))
      statuses.append(stopped.status)
      let metadata = try workspace.text(try #require(workspace.files(named: "run_metadata.json", below: "runs").first))
      let isComplete = metadata.contains("\"status\":\"completed\"")
      #expect(isComplete == (stopped.status == 0), "fsync number \(number): \(stopped.status) \(stopped.errors)")
      #expect(stopped.status == 0 || stopped.status == 143)
      // Again, as a loop would.
      if stopped.status != 0 { #expect(try workspace.run(arguments).status == 0, "fsync number \(number)") }
    }
    #expect(statuses.last == 0, "the last fsync is behind everything: \(statuses)")
  }

  /// Both want the dataset that is not there: who comes second takes what the first one made.
  @Test func twoTrainings_makeOneDataset() throws {
    let workspace = try Workspace()
    let streams = try (0..<2).map { _ in try Scratch.directory() }
    defer { streams.forEach(Scratch.remove) }
    let arguments = ["train", "--template", "baseline"] + TrainedWorkspace.overrides + ["dataset.sizes.train=20000"]
    let processes = try (0..<2).map {
      try CodexProcess.start(arguments + ["training.seed=\($0)"], in: workspace.url, streams: streams[$0])
    }
    for (process, streams) in zip(processes, streams) {
      let ended = try CodexProcess.end(of: process, streams: streams)
      #expect(ended.status == 0, "\(ended.errors)")
    }
    #expect(workspace.files(named: "dataset_manifest.json", below: "datasets").count == 1)
    #expect(workspace.files(named: "run_metadata.json", below: "runs").count == 2)
  }

  /// Archives restore a link to a directory as the directory.
  @Test func latestThatIsADirectory_isMovedAside() throws {
    let workspace = try TrainedWorkspace.copy()
    let runs = workspace.url.appendingPathComponent("runs/train_loop")
    let latest = runs.appendingPathComponent("latest")
    let run = try FileManager.default.destinationOfSymbolicLink(atPath: latest.path)
    try FileManager.default.removeItem(at: latest)
    try FileManager.default.copyItem(at: runs.appendingPathComponent(run), to: latest)
    let trained = try workspace.run(["train", "--template", "baseline", "training.seed=5"])
    #expect(trained.status == 0, "\(trained.errors)")
    #expect(trained.errors.contains("latest was a directory") && trained.errors.contains("latest-1"))
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: latest.path) != run)
    #expect(FileManager.default.fileExists(atPath: runs.path + "/latest-1/run_metadata.json"))
  }
}
