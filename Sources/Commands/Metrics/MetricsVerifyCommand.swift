import ArgumentParser
import Ledger
import Storage

/// `codex metrics verify`
struct MetricsVerifyCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check every line of the ledger, and the heads that runs have pinned; exit 1 when something is wrong.",
    discussion: Example.text("codex metrics verify", "codex metrics verify --ledger backup/reasoning.ndjson --json"))

  @OptionGroup var ledgerOptions: LedgerOptions
  @OptionGroup var tableOptions: TableOptions
  @OptionGroup var global: GlobalOptions
  var table: TableOptions? { tableOptions }

  func run(in session: Session) throws -> ExitReason {
    let workspace = try session.workspace()
    let pinned = try StoredRun.all(in: workspace).compactMap(\.metadata.ledgerHead)
    let findings = try ledgerOptions.metricsLedger(in: workspace).verify(pinned: pinned)
    if session.wantsJSON {
      try session.output.json(
        "codex.ledger_verdict/1",
        .object([
          "findings": .array(findings.map(Self.json)), "pinned_heads": .int(Int64(pinned.count)),
          "sound": .bool(findings.isEmpty),
        ]))
    } else if findings.isEmpty {
      try session.output.line(StyledText("sound", .green))
    } else {
      try Self.table(findings).write(to: session.output)
    }
    return findings.isEmpty ? .yes : .no
  }

  private static func json(_ finding: ChainFinding) -> JSONValue {
    .object([
      "line": .int(Int64(finding.line)), "message": .string(finding.message), "offset": .int(Int64(finding.offset)),
    ])
  }

  private static func table(_ findings: [ChainFinding]) -> Table {
    var table = Table([.init("line", .right), .init("byte", .right), .init("finding")])
    for finding in findings {
      table.add([
        StyledText(String(finding.line), .cyan), StyledText(String(finding.offset)), StyledText(finding.message),
      ])
    }
    return table
  }
}
