import Ledger
import Schemas
import Testing

@Suite struct LedgerEntryTests {
  @Test func schemas_ofTheTiersDiffer() {
    let schemas = [
      ItemRecord.schema, MetricRecord.schema, VerdictRecord.schema, DeploymentRecord.schema, LedgerRuleRecord.schema,
    ]
    #expect(schemas == LedgerEntry.schemas)
    #expect(Set(schemas).count == schemas.count)
  }
}
