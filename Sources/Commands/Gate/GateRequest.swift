import Ledger
import Runs
import Schemas
import Storage

/// What `codex gate` is to judge.
struct GateRequest {
  /// Nil for all.
  let milestone: String?
  /// As `RunOptions.run`.
  let run: String?
  let ledger: LedgerOptions
  let config: GateConfigChoice
  /// Problems of each figure to ask the model again; nil for none.
  var recheck: Int?

  /// Reads everything, judges, and records the verdicts.
  ///
  /// - Parameter recording: Whether the verdicts are appended to the ledger.
  /// - Throws: `GateFailure` where something could not be read or written; `StorageError` without a workspace.
  func verdicts(recording: Bool, in session: Session) throws -> [VerdictRecord] {
    let workspace = try session.workspace()
    return try GateJudgement(
      ledger: metrics(in: session), files: session.gateFiles(in: workspace), codexVersion: CodexVersion.text
    )
    .verdicts(
      on: milestone,
      config: { try config.resolved(in: session) },
      run: { try RunCatalog(in: workspace).path(run) },
      recheck: { path in try recheck.map { try Recheck(asking: $0, of: path, in: session) } }, recording: recording,
      now: WallClock.now())
  }

  private func metrics(in session: Session) throws -> MetricsLedger {
    do { return try ledger.metricsLedger(in: session) } catch { throw GateFailure(readingLedger: error) }
  }
}
