import ArgumentParser
import Schemas
import Storage

/// Which ledger of traces is read.
struct TraceLedgerOptions: ParsableArguments {
  @OptionGroup var runOptions: RunOptions

  @Option(help: "A ledger file instead of a run's own.")
  var ledger: String?

  func validate() throws {
    if runOptions.run != nil && ledger != nil {
      throw ValidationError("--run and --ledger exclude each other; give one of them.")
    }
  }

  /// The ledger, open from its start. Every line must be whole.
  func open(in session: Session) throws -> NDJSONReader {
    if let ledger {
      let file = try UserFile(ledger, from: session.workspacePath)
      return try NDJSONReader(file.path, in: file.root, mode: .strict)
    }
    let workspace = try session.workspace()
    let run = try RunDirectory.path(runOptions.run, in: workspace)
    return try NDJSONReader(run.appending("traces.ndjson"), in: workspace, mode: .strict)
  }
}

/// Which traces of a ledger are wanted.
struct TraceFilter: ParsableArguments {
  @Option(help: "Only traces of this phase: train, evaluate or plan.")
  var phase: String?

  @Option(help: "Only traces with this verdict: verified or abstained.")
  var verdict: TraceRecord.Verdict?

  @Option(help: "Only traces of this world.")
  var world: String?

  func admits(_ trace: TraceRecord) -> Bool {
    (phase.map { $0 == trace.phase } ?? true) && (verdict.map { $0 == trace.verdict } ?? true)
      && (world.map { $0 == trace.problem.world } ?? true)
  }
}

extension TraceRecord.Verdict: ExpressibleByArgument {}
