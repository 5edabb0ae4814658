import Foundation
import Testing

/// A run that is killed again and again, also while it saves, ends in the same bytes as one that is left alone.
@Suite(.serialized) struct KillResumeTests {
  static let overrides =
    TrainedWorkspace.overrides + ["training.max_steps=200", "training.save_steps=3", "training.logging_steps=4"]
  static let arguments = ["train", "--template", "baseline"] + overrides

  @Test func runKilledTenTimes_writesTheSameBytesAsOneOnOneThread() throws {
    let straight = try Workspace()
    let start = Date()
    let whole = try straight.run(Self.arguments, environment: ["CODEX_THREADS": "1"])
    #expect(whole.status == 0, "\(whole.errors)")
    let duration = Date().timeIntervalSince(start)

    let seed = UInt64(Date().timeIntervalSince1970)
    var state = seed
    func uniform() -> Double {  // SplitMix64; the seed is in every message
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
    }
    let broken = try Workspace()
    var killed = 0
    for _ in 0..<10 {
      let streams = try Scratch.directory()
      defer { Scratch.remove(streams) }
      let process = try CodexProcess.start(Self.arguments, in: broken.url, streams: streams)
      usleep(useconds_t(uniform() * duration / 4 * 1e6))
      if process.isRunning { killed += 1 }
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      if process.terminationReason == .exit { break }  // it was done before the signal came
    }
    #expect(killed > 0, "seed \(seed): no run lived long enough to be killed")
    if !broken.files(named: "run_metadata.json", below: "runs").contains(where: {
      (try? broken.text($0))?.contains("completed") == true
    }) {
      let last = try broken.run(Self.arguments)
      #expect(last.status == 0, "seed \(seed): \(last.errors)")
    }
    let files = [
      "model.safetensors", "optimizer.safetensors", "state.json", "metrics.ndjson", "traces.ndjson", "params.ndjson",
      "config.yaml",
    ]
    for name in files {
      let paths = (broken.files(named: name, below: "runs"), straight.files(named: name, below: "runs"))
      #expect(paths.0.last == paths.1.last, "seed \(seed)")
      let bytes = (try Self.bytes(paths.0.last, in: broken), try Self.bytes(paths.1.last, in: straight))
      #expect(bytes.0 == bytes.1, "seed \(seed): \(name) differs")
    }
    // Control: what must differ does.
    let other = try Workspace()
    #expect(try other.run(Self.arguments + ["training.seed=3"]).status == 0)
    let changed = try Self.bytes(other.files(named: "model.safetensors", below: "runs").last, in: other)
    #expect(try changed != Self.bytes(straight.files(named: "model.safetensors", below: "runs").last, in: straight))
  }

  private static func bytes(_ path: String?, in workspace: Workspace) throws -> Data {
    try Data(contentsOf: workspace.url.appendingPathComponent(try #require(path)))
  }
}
