import ArgumentParser
import Planning
import Schemas
import Storage

/// `codex traces validate`
struct TracesValidateCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Judge every trace of a ledger again; exit 1 when one does not hold.",
    discussion: Example.text("codex traces validate", "codex traces validate --ledger traces.ndjson --json"))

  @OptionGroup var source: TraceLedgerOptions
  @OptionGroup var tableOptions: TableOptions
  @OptionGroup var global: GlobalOptions
  var table: TableOptions? { tableOptions }

  private struct LocatedFinding {
    let line: Int
    let traceID: String
    let message: String
  }

  func run(in session: Session) throws -> ExitStatus {
    var ledger = try source.open(in: session)
    var count = 0
    var findings: [LocatedFinding] = []
    while let trace = try ledger.next(TraceRecord.self) {
      count += 1
      findings += TraceAudit.findings(in: trace).map {
        LocatedFinding(line: ledger.line, traceID: trace.traceID, message: $0.description)
      }
      if session.isCancelled { throw CancellationError() }
    }
    if session.wantsJSON {
      try session.output.json("codex.trace_validation/1", Self.json(findings, count: count))
    } else if findings.isEmpty {
      try session.output.line(StyledText("\(count) traces hold", .green))
    } else {
      try Self.table(findings).write(to: session.output)
    }
    return findings.isEmpty ? .yes : .no
  }

  private static func json(_ findings: [LocatedFinding], count: Int) -> JSONValue {
    let list = findings.map {
      JSONValue.object([
        "line": .int(Int64($0.line)), "message": .string($0.message), "trace_id": .string($0.traceID),
      ])
    }
    return .object(["findings": .array(list), "trace_count": .int(Int64(count)), "valid": .bool(findings.isEmpty)])
  }

  private static func table(_ findings: [LocatedFinding]) -> Table {
    var table = Table([.init("line", .right), .init("trace"), .init("finding")])
    for finding in findings {
      table.add([
        StyledText(String(finding.line)), StyledText(String(finding.traceID.prefix(12)), .cyan),
        StyledText(finding.message),
      ])
    }
    return table
  }
}
