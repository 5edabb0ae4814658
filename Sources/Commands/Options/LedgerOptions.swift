import ArgumentParser
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
