import Foundation
import Ledger
import Randomness
import Schemas
import Storage
import Testing

/// Tails of ledgers cut off below their head, a thousand of them: every one is found, with the head file deleted too.
@Suite struct LedgerCutTests {
  static let count = 1_000
  static let seed: UInt64 = 20_261_130

  /// A ledger of some thirty lines, appended in batches.
  private let workspace: EmptyWorkspace
  private let whole: [UInt8]
  private let ends: [Int]
  private var ledger: MetricsLedger { MetricsLedger(in: workspace.root) }
  private var file: String { "\(workspace.root.path)/\(MetricsLedger.standardPath)" }

  init() throws {
    workspace = try EmptyWorkspace()
    let ledger = MetricsLedger(in: workspace.root)
    for batch in 0..<8 { _ = try ledger.append((0...batch % 5).map { .item(Example.item("m", 10 * batch + $0)) }) }
    let bytes = Array(
      try Data(contentsOf: URL(fileURLWithPath: "\(workspace.root.path)/\(MetricsLedger.standardPath)")))
    whole = bytes
    ends = bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
    #expect(try ledger.audit().findings.isEmpty)
  }

  /// Cuts behind a line or within one, never above the first: a ledger of no line promises nothing.
  private func found(deletingHead: Bool) throws -> Int {
    let head = try Data(contentsOf: URL(fileURLWithPath: file + ".head"))
    var random = RandomStream(seed: Self.seed, "cuts", "\(deletingHead)")
    var found = 0
    for attempt in 0..<Self.count {
      let length =
        attempt.isMultiple(of: 2)
        ? ends[random.index(below: ends.count - 1)] : random.integer(in: ends[0]...whole.count - 1)
      try Data(whole.prefix(length)).write(to: URL(fileURLWithPath: file))
      if deletingHead { try? FileManager.default.removeItem(atPath: file + ".head") }
      let contents = try? ledger.contents()
      let isRefused = contents?.headState.loss != nil || contents == nil
      let canAppend = (try? ledger.checkForAppending(pinned: nil)) != nil
      if try !ledger.verify().isEmpty, isRefused, !canAppend { found += 1 }
    }
    try head.write(to: URL(fileURLWithPath: file + ".head"))
    try Data(whole).write(to: URL(fileURLWithPath: file))
    #expect(try ledger.verify().isEmpty, "and no alarm once all is back")
    return found
  }

  @Test(arguments: [false, true]) func everyCut_isFound(deletingHead: Bool) throws {
    #expect(try found(deletingHead: deletingHead) == Self.count, "seed \(Self.seed)")
  }

  /// A writer without a head: its cuts between lines are not found.
  @Test func control_withoutAHeadNoCutBetweenLinesIsFound() throws {
    let plain = ChainedLog("plain.ndjson", in: workspace.root)
    _ = try plain.append((0..<30).map { Example.item("m", $0) })
    let file = URL(fileURLWithPath: workspace.root.path + "/plain.ndjson")
    let lines = try Data(contentsOf: file).split(separator: UInt8(ascii: "\n"))
    for count in 1..<30 {
      try Data(lines.prefix(count).joined(separator: Data("\n".utf8)) + Data("\n".utf8)).write(to: file)
      #expect(try plain.verify().isEmpty && MetricsLedger("plain.ndjson", in: workspace.root).verify().isEmpty)
    }
  }
}
