import Ledger
import Schemas
import Testing

@Suite struct LedgerEntryTests {
  @Test func schemas_ofTheTiersDiffer() {
    #expect(Set(LedgerEntry.schemas).count == LedgerEntry.schemas.count)
  }

  @Test func records_areReadBackAsWritten() throws {
    let workspace = try EmptyWorkspace()
    let entries: [LedgerEntry] = [
      .intention(Example.intention()), .runEvent(Example.runEvent(.started)),
      .runEvent(Example.runEvent(.finished, intention: nil, weights: Example.digest)), .merge(Example.merge),
    ]
    _ = try MetricsLedger(in: workspace.root).append(entries)
    #expect(try MetricsLedger(in: workspace.root).contents().lines.map(\.entry).suffix(4) == entries[...])
    #expect(entries.map(\.recordedAt) == [1, 1, 1, 1])
  }
}
