import ArgumentParser
import Runs
import Schemas
import Storage

/// Which ledger of traces is read.
struct TraceLedgerOptions: ParsableArguments {
  @OptionGroup var runOptions: RunOptions

  @Option(help: "A ledger file instead of a run's own.", completion: .file())
  var ledger: String?

  func validate() throws {
    if runOptions.run != nil && ledger != nil {
      throw ValidationError("--run and --ledger exclude each other; give one of them.")
    }
  }

  /// The ledgers, each open from its start: the file that was named, or the run's own followed by those of its
  /// evaluations, the newest last. Every line must be whole.
  func open(in session: Session) throws -> [TraceLedger] {
    if let ledger {
      let file = try UserFile(ledger, from: session.filesPath)
      return [try TraceLedger(file.path, in: file.root)]
    }
    let workspace = try session.workspace()
    let run = try RunCatalog(in: workspace).path(runOptions.run)
    let catalog = EvaluationCatalog(of: run, in: workspace)
    let evaluations = try catalog.summaries().reversed().map { summary in
      catalog.directory.appending(try PathComponent(parsing: summary.evaluationID)).appending(EvaluationFolder.traces)
    }
    return try ([run.appending(RunFolder.traces)] + evaluations).map { try TraceLedger($0, in: workspace) }
  }
}

/// A file of traces.
struct TraceLedger {
  /// For messages.
  let path: String
  var reader: NDJSONReader

  init(_ path: StoragePath, in root: StorageRoot) throws {
    self.path = root.name(path)
    reader = try NDJSONReader(path, in: root, mode: .strict)
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
