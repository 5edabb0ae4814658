import Foundation
import Randomness
import Testing

/// Appenders killed at random instants, one after the other on one ledger: nothing acknowledged is lost, and nobody who
/// looks in between sees a lost head. `LEDGER_KILLS=1000` asks for more than the usual number.
@Suite struct LedgerRandomKillTests {
  static let kills = ProcessInfo.processInfo.environment["LEDGER_KILLS"].flatMap { Int($0) } ?? 40
  static let seed: UInt64 = 12

  @Test func killedAtRandom_nothingIsLostAndNobodyAlarmed() throws {
    var writer = LedgerWriter(workspace: try Workspace())
    var random = RandomStream(seed: Self.seed, "kills")
    var acknowledged: [Int] = []
    var killed = 0
    var first = 0
    while killed < Self.kills {
      if acknowledged.count > 2_000 {
        // Reading all of a ledger after each kill: it is begun anew before that takes long.
        writer = LedgerWriter(workspace: try Workspace())
        acknowledged = []
      }
      let streams = try Scratch.directory()
      defer { Scratch.remove(streams) }
      let process = try writer.start(writer: 0, first: first, count: 100_000, batch: 2, streams: streams)
      // Killed before it begins to append, a process tells nothing.
      let output = streams.appendingPathComponent("out")
      while process.isRunning, (try? Data(contentsOf: output))?.isEmpty ?? true { usleep(200) }
      usleep(UInt32(random.index(below: 30_000)))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      let outcome = try LedgerWriter.outcome(of: process, streams: streams)
      killed += outcome.status == 128 + SIGKILL ? 1 : 0
      acknowledged += outcome.acknowledged
      first += 100_000
      guard FileManager.default.fileExists(atPath: writer.file.path) else { continue }

      let audit = try writer.ledger().audit()
      let others = audit.findings.filter { !$0.message.contains("a torn last line") }
      #expect(audit.head.loss == nil && others.isEmpty, "kill \(killed), seed \(Self.seed): \(others.map(\.message))")
      let next = try writer.run(first: first, count: 1)
      #expect(next.status == 0, "kill \(killed), seed \(Self.seed): \(next.errors)")
      acknowledged += next.acknowledged
      first += 1
      #expect(try Set(acknowledged).isSubset(of: writer.numbers()), "kill \(killed), seed \(Self.seed)")
    }
  }
}
