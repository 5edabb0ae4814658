import ArgumentParser
import Plans
import Schemas
import Storage

/// `codex traces show`
struct TracesShowCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Draw one trace: problem, plan, findings, verdict.",
    discussion: Example.text("codex traces show 3f9a"))

  @Argument(help: ArgumentHelp("The first digits of the trace's id.", valueName: "id"))
  var identifier: String

  @OptionGroup var source: TraceLedgerOptions
  @OptionGroup var tableOptions: TableOptions
  @OptionGroup var global: GlobalOptions
  var table: TableOptions? { tableOptions }

  func run(in session: Session) throws -> ExitReason {
    var found: [TraceRecord] = []
    for var ledger in try source.open(in: session) {
      while let trace = try ledger.reader.next(TraceRecord.self) {
        if trace.traceID.hasPrefix(identifier) { found.append(trace) }
      }
    }
    guard let trace = found.first, !identifier.isEmpty else {
      throw UsageError("no trace's id starts with '\(identifier)'. 'codex traces list' shows them.")
    }
    guard found.allSatisfy({ $0.traceID == trace.traceID }) else {
      throw UsageError("\(found.count) traces' ids start with '\(identifier)'. Give more digits.")
    }
    if session.wantsJSON {
      try session.output.text(String(decoding: RecordEncoder().bytes(of: trace), as: UTF8.self) + "\n")
    } else {
      try TraceView(trace).write(to: session.output)
    }
    return .yes
  }
}
