import Foundation
import Ledger
import Schemas
import Storage
import TestSupport
import Testing

@Suite struct MetricsLedgerTests {  // Sources/Ledger/MetricsLedger.swift, LedgerContents.swift
  let workspace: EmptyWorkspace
  var ledger: MetricsLedger { MetricsLedger(in: workspace.root) }

  init() throws { workspace = try EmptyWorkspace() }

  @Test func contents_areWhatWasAppended() throws {
    let entries: [LedgerEntry] = [
      .item(Example.item("m", 0)), .item(Example.item("m", 1)), .metric(Example.metric()),
      .item(Example.item("n", 0)), .deployment(Example.deployment),
    ]
    let first = try ledger.append(Array(entries[..<3]))
    let head = try ledger.append(Array(entries[3...]))
    let contents = try ledger.contents()
    #expect(contents.lines.map(\.entry) == [.rule(.head)] + entries)
    #expect(contents.head == head)
    #expect(contents.items(of: "m").map(\.head.sequence) == [1, 2])
    #expect(contents.items(of: "none").isEmpty)
    #expect(contents.metrics.map(\.record) == [Example.metric()])
    #expect(contents.deployments.map(\.head.sequence) == [5])
    #expect(contents.verdicts.isEmpty)
    #expect(contents.reaches(first) && contents.reaches(head))
    #expect(!contents.reaches(LedgerHead(sequence: 6, digest: head.digest)))
    #expect(!contents.reaches(LedgerHead(sequence: 2, digest: head.digest)))
    #expect(contents.hasHeadRule && !contents.isEmpty && contents.headState == .pinned(head))
    #expect(try ledger.soundContents().head == head)
    #expect(try ledger.verify(pinned: [first, head]).isEmpty)
  }

  /// A chain that holds, but with a line of no tier or with a key of none.
  @Test func foreignRecord_isRefusedAndFound() throws {
    struct Foreign: Record {
      static let schema = "codex.item/2"
      var text = "t"
    }
    struct Additional: Record {
      static let schema = "codex.item/1"
      var measurement_id = "m"
      var surplus = 1
    }
    let log = ChainedLog(MetricsLedger.standardPath, in: workspace.root)
    for (record, message) in [
      (Foreign() as any Record, "'schema': expected one of codex.item/1"), (Additional(), "surplus"),
    ] {
      _ = try ledger.append([.item(Example.item("m", 0))])
      let line = try log.append([record]).sequence + 1
      let error = #expect(throws: StorageError.self) { try ledger.contents() }
      #expect(error?.kind == .badData)
      let finding = try ledger.verify().first { $0.line == line }
      #expect(finding?.message.contains("reasoning.ndjson:\(line): ") == true)
      #expect(finding?.message.contains(message) == true, "\(String(describing: finding))")
    }
  }

  @Test func contents_withoutALedger() throws {
    let error = #expect(throws: StorageError.self) { try ledger.contents() }
    #expect(error?.kind == .noInput)
  }

  /// Gates read a ledger each time they judge: four times the lines may not take sixteen times the time.
  @Test func contents_areReadInLinearTime() throws {
    var seconds: [Double] = []
    for start in stride(from: 0, to: 20_000, by: 5_000) {
      _ = try ledger.append((start..<start + 5_000).map { .item(Example.item("m", $0)) })
      seconds.append(try leastProcessorSeconds { _ = try ledger.contents() })
    }
    #expect(try ledger.contents().lines.count == 20_001, "and the rule")
    #expect(seconds[3] < seconds[0] * 12, "\(seconds)")
  }
}
