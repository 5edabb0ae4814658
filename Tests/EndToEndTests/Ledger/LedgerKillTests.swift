import Foundation
import Testing

/// An appender is killed before each of its system calls: nothing that it acknowledged is lost, and life goes on.
@Suite(.enabled(if: Strace.isAvailable, "strace is missing: no append was killed"))
struct LedgerKillTests {
  /// What is wrong after a kill before each call, the next append included.
  private func damages(of style: LedgerWriter.Style, in state: LedgerState) throws -> [String] {
    let original = try state.workspace()
    let rehearsal = LedgerWriter(workspace: try state.workspace(), style: style)
    let calls = try AppendStrace.calls(of: rehearsal, first: 3, count: 2, batch: 2)
    #expect(calls.count { ["write", "fsync", "flock", "openat"].contains($0.name) } >= (style == .chained ? 10 : 1))
    #expect(calls.count { $0.name.hasPrefix("rename") } >= (style == .chained ? 1 : 0), "the head file is replaced")
    return try calls.compactMap { call in
      let writer = LedgerWriter(workspace: try original.copy(), style: style)
      let kill = AppendStrace.command(inject: "\(call.name):signal=KILL:when=\(call.ordinal)")
      let killed = try writer.run(first: 3, count: 2, batch: 2, under: kill)
      #expect(killed.status == 128 + SIGKILL, "\(call)")
      if let alarm = try Self.alarm(writer, style) { return "\(alarm) (\(call))" }
      let next = try writer.run(first: 100, count: 1)
      return Self.damage(writer, expecting: state.acknowledged + killed.acknowledged, next).map { "\($0) (\(call))" }
    }
  }

  /// Whether somebody who looks between the kill and the next append would cry forgery.
  private static func alarm(_ writer: LedgerWriter, _ style: LedgerWriter.Style) throws -> String? {
    guard style == .chained, FileManager.default.fileExists(atPath: writer.file.path) else { return nil }
    let audit = try writer.ledger().audit()
    let others = audit.findings.filter { !$0.message.contains("a torn last line") }
    return audit.head.loss == nil && others.isEmpty ? nil : "a false alarm: \(others.map(\.message))"
  }

  private static func damage(_ writer: LedgerWriter, expecting: [Int], _ next: LedgerWriter.Outcome) -> String? {
    guard next.status == 0 else { return "the next append ended with \(next.status): \(next.errors)" }
    do {
      let audit = try writer.ledger().audit()
      guard audit.findings.isEmpty else { return "the chain is broken: \(audit.findings[0].message)" }
      let head = try writer.ledger().contents().head
      guard writer.style == .naive || audit.head == .pinned(head) else {
        return "the head is not pinned: \(audit.head)"
      }
      let numbers = try writer.numbers()
      guard Set(expecting).isSubset(of: numbers), numbers.last == 100 else { return "lost: only \(numbers) are there" }
      return numbers == numbers.sorted() && Set(numbers).count == numbers.count ? nil : "disordered: \(numbers)"
    } catch { return "unreadable: \(error)" }
  }

  @Test(arguments: LedgerState.allCases) func killedAnywhere_nothingAcknowledgedIsLost(state: LedgerState) throws {
    #expect(try damages(of: .chained, in: state) == [])
  }

  @Test func control_aNaiveAppenderBreaksTheLedger() throws {
    #expect(try !damages(of: .naive, in: .threeItems).isEmpty)
  }
}
