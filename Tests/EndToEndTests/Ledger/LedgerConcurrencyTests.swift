import Foundation
import Testing

/// Eight processes append to one ledger at the same time.
@Suite struct LedgerConcurrencyTests {
  private func race(_ style: LedgerWriter.Style, count: Int, batch: Int) throws -> LedgerWriter {
    let writer = LedgerWriter(workspace: try Workspace(), style: style)
    let streams = try (0..<8).map { _ in try Scratch.directory() }
    defer { streams.forEach(Scratch.remove) }
    let processes = try streams.enumerated().map { index, streams in
      try writer.start(writer: index, first: 0, count: count, batch: batch, streams: streams)
    }
    for (process, streams) in zip(processes, streams) {
      process.waitUntilExit()
      let outcome = try LedgerWriter.outcome(of: process, streams: streams)
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.acknowledged == Array(0..<count))
    }
    return writer
  }

  @Test func eightProcesses_loseNothing() throws {
    let writer = try race(.chained, count: 2000, batch: 20)
    #expect(try writer.ledger().verify().isEmpty)
    let contents = try writer.ledger().contents()
    #expect(contents.lines.count == 16_001, "and the rule")
    for index in 0..<8 {
      let numbers = contents.items(of: "writer-\(index)").map(\.record.sample.modelEvaluations)
      #expect(numbers == Array(0..<2000), "writer \(index): each line once, in its order")
    }
  }

  @Test func control_naiveProcessesBreakTheChain() throws {
    let writer = try race(.naive, count: 200, batch: 1)
    #expect(try !writer.ledger().verify().isEmpty)
  }
}
