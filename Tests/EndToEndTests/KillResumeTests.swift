import Foundation
import Testing

/// A run that is killed again and again, also while it saves, ends in the same bytes as one that is left alone.
@Suite(.serialized) struct KillResumeTests {
  static let overrides =
    TrainedWorkspace.overrides + ["training.max_steps=200", "training.save_steps=3", "training.logging_steps=4"]
  static let arguments = ["train", "--template", "baseline"] + overrides

  @Test func runKilledTenTimes_writesTheSameBytesAsOneOnOneThread() throws {
    let straight = try Self.runKilled(times: 10, Self.arguments, aimedAtLeast: 3)
    // Control: what must differ does.
    let other = try Workspace()
    #expect(try other.run(Self.arguments + ["training.seed=3"]).status == 0)
    let changed = try Self.bytes(other.files(named: "model.safetensors", below: "runs").last, in: other)
    #expect(try changed != Self.bytes(straight.files(named: "model.safetensors", below: "runs").last, in: straight))
  }

  @Test(arguments: ["adafactor", "muon"]) func runKilledThreeTimes_writesTheSameBytesWithEveryOptimizer(
    optim: String
  ) throws {
    let straight = try Self.runKilled(times: 3, Self.arguments + ["training.optim=\(optim)"], aimedAtLeast: 0)
    let path = try #require(straight.files(named: "optimizer.safetensors", below: "runs").last)
    let state = ["adafactor": "exp_avg_sq_row.model", "muon": "momentum_buffer.model"][optim] ?? ""
    #expect(try Self.bytes(path, in: straight).range(of: Data(state.utf8)) != nil)
  }

  /// Compares a run that is killed so often with one on one thread that is not, and returns the latter's workspace.
  private static func runKilled(times: Int, _ arguments: [String], aimedAtLeast: Int) throws -> Workspace {
    let straight = try Workspace()
    let whole = try straight.run(arguments, environment: ["CODEX_THREADS": "1"])
    #expect(whole.status == 0, "\(whole.errors)")

    let seed = UInt64(Date().timeIntervalSince1970)
    var instants = Instants(seed: seed)
    let broken = try Workspace()
    var killsInsideASave = 0
    for kill in 0..<times {
      // Odd kills wait for a checkpoint that is being written, even ones for a random instant after one.
      let aimed = kill % 2 == 1
      let inside = try killOnce(arguments, in: broken, afterStep: 17 * kill, aimed: aimed, instants: &instants)
      try #require(inside != nil, "seed \(seed): kill \(kill) came too late, the run was done")
      if inside == true { killsInsideASave += 1 }
    }
    #expect(
      killsInsideASave >= aimedAtLeast, "seed \(seed): only \(killsInsideASave) kills hit a checkpoint's writing")
    let last = try broken.run(arguments)
    #expect(last.status == 0, "seed \(seed): \(last.errors)")

    let files = [
      "model.safetensors", "optimizer.safetensors", "state.json", "metrics.ndjson", "traces.ndjson", "params.ndjson",
      "config.yaml",
    ]
    for name in files {
      let paths = (broken.files(named: name, below: "runs"), straight.files(named: name, below: "runs"))
      #expect(paths.0.last == paths.1.last, "seed \(seed)")
      let contents = (try bytes(paths.0.last, in: broken), try bytes(paths.1.last, in: straight))
      #expect(contents.0 == contents.1, "seed \(seed): \(name) differs")
    }
    return straight
  }

  /// Starts or resumes the run and kills it: once a checkpoint at or after `step` is there, and then inside the writing of
  /// the next one (`aimed`) or up to 50 ms later.
  ///
  /// - Returns: Whether the kill left a half-written checkpoint; nil if the run ended before it.
  private static func killOnce(
    _ arguments: [String], in workspace: Workspace, afterStep step: Int, aimed: Bool, instants: inout Instants
  ) throws -> Bool? {
    let streams = try Scratch.directory()
    defer { Scratch.remove(streams) }
    let earlier = Set(checkpoints(in: workspace))
    let process = try CodexProcess.start(arguments, in: workspace.url, streams: streams)
    while process.isRunning {
      let names = checkpoints(in: workspace)
      let isReached = step == 0 || names.contains { !earlier.contains($0) && (number($0) ?? 0) >= step }
      if isReached && (!aimed || names.contains { $0.hasPrefix(".tmp-") && !earlier.contains($0) }) { break }
      usleep(100)
    }
    if !aimed { usleep(useconds_t(instants.next() * 5e4)) }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    guard process.terminationReason == .uncaughtSignal else { return nil }
    return checkpoints(in: workspace).contains { $0.hasPrefix(".tmp-") && !earlier.contains($0) }
  }

  private static func checkpoints(in workspace: Workspace) -> [String] {
    workspace.names(endingIn: "checkpoints", below: "runs/train_loop")
  }

  /// The step in a checkpoint's name, nil for a directory that is still being written.
  private static func number(_ name: String) -> Int? { name.hasPrefix("step-") ? Int(name.dropFirst(5)) : nil }

  private static func bytes(_ path: String?, in workspace: Workspace) throws -> Data {
    try Data(contentsOf: workspace.url.appendingPathComponent(try #require(path)))
  }
}

/// Random numbers in [0, 1): SplitMix64, whose seed is in every message.
private struct Instants {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
  }
}
