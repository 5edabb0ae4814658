import Foundation
import Testing

/// The disk is full, broken or over quota: the append says so with its exit code and leaves nothing torn.
@Suite(.enabled(if: Strace.isAvailable, "strace is missing: no append was starved"))
struct LedgerFaultTests {
  private static func errors(for call: SystemCall) -> [String] {
    switch call.name {
    case "write", "fsync": ["ENOSPC", "EIO", "EDQUOT"]
    case "mkdirat": ["EACCES"]
    case "unlinkat": []  // of what is thrown away in any case
    case "close": []  // of descriptors that only read, and of the lock
    default: ["EIO"]
    }
  }

  @Test(arguments: [LedgerState.absent, .older, .threeItems]) func failingCall_leavesNothingTorn(state: LedgerState)
    throws
  {
    let original = try state.workspace()
    let before = LedgerWriter(workspace: original).bytes
    let calls = try AppendStrace.calls(of: LedgerWriter(workspace: state.workspace()), first: 3, count: 2, batch: 2)
    for call in calls {
      for error in Self.errors(for: call) {
        let writer = LedgerWriter(workspace: try original.copy())
        let fault = AppendStrace.command(inject: "\(call.name):error=\(error):when=\(call.ordinal)")
        let outcome = try writer.run(first: 3, count: 2, batch: 2, under: fault)
        #expect(outcome.status == (call.name == "mkdirat" ? 73 : 74), "\(error) at \(call): \(outcome.errors)")
        #expect(outcome.acknowledged.isEmpty)
        // Where only the head file fails, the lines are on disk: beyond the head, whole, and not acknowledged.
        let written = writer.bytes == before ? [] : [3, 4]
        #expect(writer.bytes.starts(with: before), "\(error) at \(call)")
        #expect(try writer.bytes.isEmpty || writer.numbers() == state.acknowledged + written, "\(error) at \(call)")
        #expect(try writer.run(first: 3, count: 2).status == 0)
        #expect(try writer.ledger().verify().isEmpty)
        #expect(try writer.numbers() == state.acknowledged + written + [3, 4])
      }
    }
  }

  /// The first write of a line is short, once or always.
  @Test(arguments: [("", Int32(0)), ("+", 74)]) func shortWrite_isCutBack(repetition: String, status: Int32) throws {
    let original = try LedgerState.threeItems.workspace()
    let calls = try AppendStrace.calls(
      of: LedgerWriter(workspace: LedgerState.threeItems.workspace()), first: 3, count: 2, batch: 2)
    let write = try #require(calls.first { $0.name == "write" })
    let writer = LedgerWriter(workspace: try original.copy())
    let outcome = try writer.run(
      first: 3, count: 2, under: AppendStrace.command(inject: "write:retval=7:when=\(write.ordinal)\(repetition)"))
    #expect(outcome.status == status)
    #expect(try writer.numbers() == [0, 1, 2] + (status == 0 ? [3, 4] : []))
    #expect(try writer.ledger().verify().isEmpty)
  }

  @Test func lockThatIsHeld_isWaitedForAndThenReported() throws {
    let writer = LedgerWriter(workspace: try LedgerState.threeItems.workspace())
    let before = writer.bytes
    let outcome = try writer.run(
      first: 3, count: 2, under: AppendStrace.command(inject: "flock:error=EAGAIN"), patience: 0.02)
    #expect(outcome.status == 75)
    #expect(outcome.errors.contains("reasoning.ndjson.lock: another process holds the lock"))
    #expect(writer.bytes == before)
  }
}

/// A limit of the file's size makes the kernel take a part of a line: no tool needed.
@Suite struct LedgerFileLimitTests {
  private func starved(_ style: LedgerWriter.Style) throws -> (LedgerWriter, LedgerWriter.Outcome, before: [UInt8]) {
    let writer = LedgerWriter(workspace: try LedgerState.threeItems.workspace(), style: style)
    let before = writer.bytes
    let limit = ["sh", "-c", "ulimit -f 5; exec \"$@\"", "sh"]  // blocks of 512 or 1024 bytes
    return (writer, try writer.run(first: 3, count: 40, batch: 40, under: limit), before)
  }

  @Test func fileLimit_leavesNothingTorn() throws {
    let (writer, outcome, before) = try starved(.chained)
    #expect(outcome.status == 74, "\(outcome.errors)")
    #expect(outcome.acknowledged.isEmpty)
    #expect(writer.bytes == before)
    #expect(try writer.run(first: 3, count: 2).status == 0)
    #expect(try writer.numbers() == [0, 1, 2, 3, 4])
  }

  @Test func control_aNaiveAppenderLeavesATornLine() throws {
    let (writer, outcome, _) = try starved(.naive)
    #expect(outcome.status == 74)
    #expect(writer.bytes.last != UInt8(ascii: "\n"))
    #expect(try writer.run(first: 3, count: 2).status == 0)
    #expect(try !writer.ledger().verify().isEmpty)
  }
}
