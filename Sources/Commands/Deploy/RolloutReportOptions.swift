import ArgumentParser
import Ledger
import Schemas

/// What a pipeline reports of a manifest that it applied.
struct RolloutReportOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Only record what became of a rendered manifest: applied, failed or rolled-back.", valueName: "outcome"))
  var report: RolloutRecord.Outcome?

  @Option(help: ArgumentHelp("The manifest's digest, as 'codex deploy' printed it.", valueName: "digest"))
  var rendered: String?

  @Option(
    help: ArgumentHelp(
      "When it happened, as 2026-11-30T12:00:00Z or seconds since 1970; at most a day ago. Default: now.",
      valueName: "time"))
  var at: String?

  func validate() throws {
    if (report == nil) != (rendered == nil) { throw ValidationError("Give --report and --rendered together.") }
    if at != nil, report == nil { throw ValidationError("--at belongs to --report.") }
    if let rendered {
      do { _ = try Digest(parsing: rendered) } catch { throw ValidationError("--rendered: \(error)") }
    }
    if let at, WallClock.instant(at) == nil {
      throw ValidationError(
        "--at '\(at)' is no time; expected one such as 2026-11-30T12:00:00Z, or seconds since 1970.")
    }
  }

  /// Nil where nothing is reported.
  func reported() throws -> RolloutReport? {
    guard let report, let rendered else { return nil }
    return RolloutReport(
      manifestDigest: try Digest(parsing: rendered), outcome: report, at: at.flatMap(WallClock.instant))
  }
}

extension RolloutRecord.Outcome: ExpressibleByArgument {}

/// What became of a manifest.
struct RolloutReport {
  let manifestDigest: Digest
  let outcome: RolloutRecord.Outcome
  /// Nil is now.
  let at: Double?
}

/// Records reports on renderings.
struct RolloutReporting {
  private let ledger: MetricsLedger

  init(_ ledger: MetricsLedger) { self.ledger = ledger }

  func append(_ report: RolloutReport, in session: Session) throws -> ExitReason {
    let now = WallClock.now()
    let record = try RolloutRecord(
      of: report.manifestDigest, outcome: report.outcome, at: report.at ?? now, now: now,
      codexVersion: CodexVersion.text, in: ledger.contents())
    let head = try ledger.append([.rollout(record)])
    session.talk.say("recorded as line \(head.sequence) of \(ledger.name)")
    try session.output.line("\(record.pod): \(record.outcome.rawValue)")
    return .yes
  }
}
