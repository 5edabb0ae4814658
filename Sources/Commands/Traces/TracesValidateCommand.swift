import ArgumentParser
import Planning
import Schemas
import Storage

/// `codex traces validate`
struct TracesValidateCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Judge every trace of a run again; exit 1 when one does not hold.",
    discussion: Example.text("codex traces validate", "codex traces validate --ledger traces.ndjson --json"))

  @OptionGroup var source: TraceLedgerOptions
  @OptionGroup var tableOptions: TableOptions
  @OptionGroup var global: GlobalOptions
  var table: TableOptions? { tableOptions }

  private struct LocatedFinding {
    let place: String
    let traceID: String
    let message: String
  }

  func run(in session: Session) throws -> ExitReason {
    var count = 0
    var findings: [LocatedFinding] = []
    for var ledger in try source.open(in: session) {
      while let trace = try ledger.reader.next(TraceRecord.self) {
        count += 1
        findings += TraceAudit.findings(in: trace).map {
          LocatedFinding(
            place: "\(ledger.path):\(ledger.reader.line)", traceID: trace.traceID, message: $0.description)
        }
        if session.isCancelled { throw CancellationError() }
      }
    }
    let valid = findings.isEmpty && count > 0  // nothing judged is not a yes
    if session.wantsJSON {
      try session.output.json("codex.trace_validation/1", Self.json(findings, count: count))
    } else if findings.isEmpty {
      try session.output.line(valid ? StyledText("\(count) traces hold", .green) : StyledText("no traces", .yellow))
    } else {
      try Self.table(findings).write(to: session.output)
    }
    return valid ? .yes : .no
  }

  private static func json(_ findings: [LocatedFinding], count: Int) -> JSONValue {
    let list = findings.map {
      JSONValue.object([
        "message": .string($0.message), "place": .string($0.place), "trace_id": .string($0.traceID),
      ])
    }
    return .object([
      "findings": .array(list), "trace_count": .int(Int64(count)),
      "valid": .bool(findings.isEmpty && count > 0),
    ])
  }

  private static func table(_ findings: [LocatedFinding]) -> Table {
    var table = Table([.init("place"), .init("trace"), .init("finding")])
    for finding in findings {
      table.add([
        StyledText(finding.place), StyledText(String(finding.traceID.prefix(12)), .cyan),
        StyledText(finding.message),
      ])
    }
    return table
  }
}
