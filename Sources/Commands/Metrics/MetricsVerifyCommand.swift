import ArgumentParser
import Ledger
import Runs
import Storage

/// `codex metrics verify`
struct MetricsVerifyCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract:
      "Check every line of the ledger and every head that a run or the head file names; exit 1 when something is wrong.",
    discussion: Example.text("codex metrics verify", "codex metrics verify --ledger backup/reasoning.ndjson --json"))

  @OptionGroup var ledgerOptions: LedgerOptions
  @OptionGroup var tableOptions: TableOptions
  @OptionGroup var global: GlobalOptions
  var table: TableOptions? { tableOptions }

  func run(in session: Session) throws -> ExitReason {
    let workspace = try session.workspace()
    let pinned = try RunCatalog(in: workspace).runs().compactMap(\.metadata.ledgerHead)
    let audit = try ledgerOptions.reading(in: session) { try $0.audit(pinned: pinned) }
    let findings = audit.findings
    if session.wantsJSON {
      try session.output.json(
        "codex.ledger_verdict/1",
        .object([
          "findings": .array(findings.map(Self.json)), "head": .string(Self.word(audit.head)),
          "pinned_heads": .int(Int64(pinned.count)), "sound": .bool(findings.isEmpty),
        ]))
    } else if findings.isEmpty {
      if audit.head == .noRule {
        session.talk.warn(
          "the ledger is older than the rule that its head is pinned: a cut behind the last line that a run names is not "
            + "noticed. The next line appended brings the rule")
      }
      try session.output.line(StyledText("sound", .green))
    } else {
      try Self.table(findings).write(to: session.output)
    }
    return findings.isEmpty ? .yes : .no
  }

  private static func word(_ head: HeadState) -> String {
    switch head {
    case .noRule: "not_promised"
    case .pinned: "pinned"
    case .lost(.missing): "missing"
    case .lost(.cut): "cut"
    case .lost(.altered): "altered"
    }
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
