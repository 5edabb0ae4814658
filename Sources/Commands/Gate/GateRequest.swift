import Composition
import Ledger
import Schemas
import Storage

/// What `codex gate` is to judge.
struct GateRequest {
  /// Nil for all.
  let milestone: String?
  /// As `RunOptions.run`.
  let run: String?
  /// Nil for the workspace's own.
  let ledger: String?
  let config: String

  /// Reads everything, judges, and records the verdicts.
  ///
  /// - Parameter recording: Whether the verdicts are appended to the ledger.
  /// - Throws: `GateFailure` where something could not be read or written; `UsageError` for a milestone that is none.
  func verdicts(recording: Bool, in session: Session) throws -> [VerdictRecord] {
    let workspace = try session.workspace()
    let gates = try reading(GateFailure.init(readingConfig:)) {
      try GatesConfig(Composer(session.configSources()).compose(config: ConfigPathText.name(config)))
    }
    let milestones = try chosen(of: gates)
    let file = try reading(GateFailure.init(readingLedger:)) {
      try ledger.map { try UserFile($0, from: session.workspacePath) }
        ?? UserFile(MetricsLedger.standardPath.description, from: session.workspacePath)
    }
    let metrics = MetricsLedger(file.path, in: file.root)
    let contents = try reading(GateFailure.init(readingLedger:)) { try metrics.contents() }
    let files = GateFiles(in: workspace)
    let subject = try reading(GateFailure.init(readingRun:)) {
      try files.subject(at: RunDirectory.path(run, in: workspace), comparedIn: contents)
    }
    let pages = try reading({ GateFailure(.unreadablePage, $0) }) { try files.pages(for: gates) }

    let gate = MilestoneGate(config: gates, pages: pages, codexVersion: CodexVersion.text)
    let now = WallClock.now()
    let verdicts = milestones.map { gate.judge($0, subject: subject, contents: contents, now: now) }
    if recording {
      _ = try reading({ GateFailure(.verdictNotRecorded, $0) }) {
        try metrics.append(verdicts.map { .verdict($0) })
      }
    }
    return verdicts
  }

  private func chosen(of gates: GatesConfig) throws -> [GatesConfig.Milestone] {
    guard let milestone else { return gates.milestones }
    guard let found = gates.milestone(milestone) else {
      let known = gates.milestones.map(\.id).joined(separator: ", ")
      throw UsageError("--milestone is '\(milestone)'; allowed: \(known).")
    }
    return [found]
  }

  private func reading<T>(_ wrap: (any Error) -> GateFailure, _ body: () throws -> T) throws -> T {
    do { return try body() } catch let error as MissingRun {
      throw GateFailure(.noRun, error)
    } catch { throw wrap(error) }
  }
}
