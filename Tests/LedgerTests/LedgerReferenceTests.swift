import Ledger
import Schemas
import Storage
import TestSupport
import Testing

/// docs/reference/ledger.md documents exactly the keys that the records write.
@Suite struct LedgerReferenceTests {
  @Test func page_documentsEveryKey() throws {
    let here = "Tests/LedgerTests/LedgerReferenceTests.swift"
    let root = try StorageRoot(opening: String(#filePath.dropLast(here.count)))
    let page = ReferencePage(
      markdown: String(decoding: try root.read("docs/reference/ledger.md", limit: 1 << 20), as: UTF8.self))
    func keys(_ value: some Encodable) throws -> [String] {
      guard case .object(let object) = try RecordEncoder().value(of: value) else { return [] }
      return object.members.map(\.key)
    }
    let item = Example.item("m", 0)
    let metric = Example.metric(reason: "r", reference: Example.reference, again: "a")
    #expect(page.disagreements(in: ItemRecord.schema, with: try keys(item)) == [])
    #expect(page.disagreements(in: MetricRecord.schema, with: try keys(metric)) == [])
    #expect(page.disagreements(in: "identity", with: try keys(metric.identity)) == [])
    #expect(page.disagreements(in: "reference", with: try keys(Example.reference)) == [])
    #expect(page.disagreements(in: DeploymentRecord.schema, with: try keys(Example.deployment)) == [])
    #expect(page.disagreements(in: RolloutRecord.schema, with: try keys(Example.rollout)) == [])
    let head = LedgerHeadRecord(LedgerHead(sequence: 0, digest: Example.digest), byteCount: 1, ruleSequence: 0)
    #expect(page.disagreements(in: LedgerHeadRecord.schema, with: try keys(head)) == [])
    #expect(page.disagreements(in: LedgerRuleRecord.schema, with: try keys(LedgerRuleRecord.head)) == [])
    #expect(page.disagreements(in: IntentionRecord.schema, with: try keys(Example.intention())) == [])
    let finished = Example.runEvent(.finished, weights: Example.digest)
    #expect(page.disagreements(in: RunEventRecord.schema, with: try keys(finished)) == [])
    #expect(page.disagreements(in: MergeRecord.schema, with: try keys(Example.merge)) == [])
    #expect(page.disagreements(in: "Lines", with: ["data", "prev", "schema", "seq", "sha"]) == [])
    #expect(page.disagreements(in: "Metrics", with: MetricName.allCases.map(\.rawValue)) == [])
  }
}
