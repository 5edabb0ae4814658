import ArgumentParser
import Glibc
import Ledger
import Storage

/// Which ledger a command reads or appends to.
struct LedgerOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The metrics ledger. Default: .codex/metrics/reasoning.ndjson in the workspace.", valueName: "file"),
    completion: .file())
  var ledger: String?

  /// - Parameter makingDirectory: Whether its directory is made if absent: for appending.
  func metricsLedger(in session: Session, makingDirectory: Bool = false) throws -> MetricsLedger {
    guard let ledger else { return MetricsLedger(in: try session.workspace()) }
    let file = try UserFile(ledger, from: session.filesPath, makingDirectory: makingDirectory)
    return MetricsLedger(file.path, in: file.root)
  }
}

extension LedgerOptions {
  /// What `read` finds in the ledger.
  ///
  /// - Throws: `MissingLedger` where there is none and none was named, else what `read` throws.
  func reading<Result>(in session: Session, _ read: (MetricsLedger) throws -> Result) throws -> Result {
    do { return try read(metricsLedger(in: session)) } catch StorageError.system(_, _, ENOENT) where ledger == nil {
      // The workspace itself may be what is missing.
      _ = try session.workspace()
      throw MissingLedger()
    }
  }
}

/// Nothing was measured in this workspace.
struct MissingLedger: Error, CustomStringConvertible {
  var description: String { "\(MetricsLedger.standardPath): no ledger. Measure first, with 'codex evaluate'." }
}
