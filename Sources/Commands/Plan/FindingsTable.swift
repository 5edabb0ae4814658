import Plans
import Storage

/// Findings of a verifier as a table and as JSON.
enum FindingsTable {
  static func table(_ findings: [PlanFinding]) -> Table {
    var table = Table([.init("node"), .init("rule"), .init("finding")])
    for finding in findings {
      table.add([
        StyledText(finding.path.description, .cyan), StyledText(finding.rule, .red), StyledText(finding.message),
      ])
    }
    return table
  }

  static func json(_ findings: [PlanFinding]) -> JSONValue {
    .array(
      findings.map {
        .object([
          "message": .string($0.message), "node": .string($0.path.description), "rule": .string($0.rule),
        ])
      })
  }
}
