import Foundation
import Randomness
import Schemas
import TestSupport
import Testing

/// `register` killed at random instants, again and again in one workspace: two tags move among four runs, half of the
/// bundles are signed. `REGISTER_KILLS=1000` asks for more than the usual number.
@Suite struct RegisterRandomKillTests {
  static let kills = ProcessInfo.processInfo.environment["REGISTER_KILLS"].flatMap { Int($0) } ?? 20
  static let seed: UInt64 = 13

  @Test func killedAtRandom_nothingIsLostAndNobodyAlarmed() throws {
    var workspace = try Self.workspace()
    var random = RandomStream(seed: Self.seed, "kills")
    var acknowledged = try RegisteredWorkspace.movements(workspace)
    var killed = 0, unfinished = 0
    let microseconds = try Self.registerMicroseconds()
    while killed < Self.kills {
      if acknowledged.count > 60 {
        // A longer log takes longer to verify after each kill, and teaches nothing new.
        workspace = try Self.workspace()
        acknowledged = try RegisteredWorkspace.movements(workspace)
      }
      let run = "run-\(random.index(below: 4))", tag = ["reasoning/r1", "reasoning/r2"][random.index(below: 2)]
      let signature = random.index(below: 2) == 0 ? [] : ["--sign", "key.pem"]
      let streams = try Scratch.directory()
      defer { Scratch.remove(streams) }
      let process = try CodexProcess.start(
        ["register", "--bundle", run, "--tag", tag] + signature, in: workspace.url, streams: streams)
      usleep(UInt32(random.index(below: 3 * microseconds / 2)))
      kill(process.processIdentifier, SIGKILL)
      let result = try CodexProcess.end(of: process, streams: streams)
      let place = "kill \(killed) of seed \(Self.seed), \(run) as \(tag)"
      #expect([0, 128 + SIGKILL].contains(result.status), "\(place): \(result.errors)")
      killed += result.status == 0 ? 0 : 1

      let movements = try RegisteredWorkspace.movements(workspace)
      #expect(movements.starts(with: acknowledged) && movements.count <= acknowledged.count + 1, "\(place)")
      if result.status == 0 { #expect(Self.target(of: tag, in: movements) == run, "\(place)") }
      unfinished += result.status != 0 && movements.count == acknowledged.count ? 1 : 0
      let verdict = try workspace.run(["registry", "verify"])
      #expect(verdict.status == 0, "\(place): \(verdict.output)\(verdict.errors)")
      acknowledged = movements

      guard random.index(below: 4) == 0 else { continue }
      let next = try workspace.run(["register", "--bundle", run, "--tag", tag] + signature)
      #expect(next.status == 0, "\(place): \(next.errors)")
      acknowledged = try RegisteredWorkspace.movements(workspace)
      #expect(acknowledged.starts(with: movements) && Self.target(of: tag, in: acknowledged) == run, "\(place)")
    }
    // Few kills may all come before the movement by chance; hundreds do not.
    #expect(unfinished < killed || killed < 200, "no kill came after the movement: they come too early")
  }

  /// What a whole register takes on this machine now.
  private static func registerMicroseconds() throws -> Int {
    let workspace = try workspace()
    let start = ContinuousClock.now
    #expect(try workspace.run(["register", "--bundle", "run-1", "--tag", "reasoning/r1"]).status == 0)
    return Int((ContinuousClock.now - start) / .microseconds(1))
  }

  private static func workspace() throws -> Workspace {
    let workspace = try RegisteredWorkspace.make(runs: 4)
    try workspace.write("key.pem", String(decoding: SigningFixture().pem("first", "pkcs8"), as: UTF8.self))
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o600], ofItemAtPath: workspace.url.appendingPathComponent("key.pem").path)
    return workspace
  }

  private static func target(of tag: String, in movements: [TagRecord]) -> String? {
    movements.last { $0.tag.text == tag }?.runID
  }
}
