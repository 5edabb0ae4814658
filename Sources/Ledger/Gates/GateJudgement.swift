import Composition
import Schemas
import Storage

/// The one way from files to verdicts: reads configuration, ledger, run and pages, judges, and tells what could not be
/// read from what was judged.
public struct GateJudgement: Sendable {
  private let ledger: MetricsLedger
  private let files: GateFiles
  private let codexVersion: String

  public init(ledger: MetricsLedger, files: GateFiles, codexVersion: String) {
    self.ledger = ledger
    self.files = files
    self.codexVersion = codexVersion
  }

  /// Judges one milestone, or all of them.
  ///
  /// - Parameters:
  ///   - milestone: A milestone's id; nil for all.
  ///   - config: Composes the gates' configuration.
  ///   - run: Finds the run's directory.
  ///   - recheck: Asks the run's model again; nil where nobody wants to.
  ///   - recording: Whether the verdicts, also those that say no, are appended to the ledger; a ledger whose head is lost
  ///     is not appended to.
  ///   - now: Seconds since 1970-01-01 UTC.
  /// - Throws: `GateFailure` where nothing could be judged.
  public func verdicts(
    on milestone: String?, config: () throws -> ResolvedConfig, run: () throws -> StoragePath,
    recheck: (StoragePath) throws -> Recheck? = { _ in nil }, recording: Bool, now: Double
  ) throws(GateFailure) -> [VerdictRecord] {
    let gates = try Self.reading(GateFailure.init(readingConfig:)) { try GatesConfig(config()) }
    let milestones = try chosen(milestone, of: gates)
    let contents = try Self.reading(GateFailure.init(readingLedger:)) { try ledger.contents() }
    let path = try Self.reading({ GateFailure(.noRun, $0) }, run)
    let (subject, others) = try Self.reading(GateFailure.init(readingRun:)) {
      let subject = try files.subject(at: path)
      return (subject, try files.others(than: subject))
    }
    let pages = try Self.reading({ GateFailure(.unreadablePage, $0) }, { try files.pages(for: gates) })

    let gate = MilestoneGate(config: gates, pages: pages, codexVersion: codexVersion)
    let recheck = try Self.reading(GateFailure.init(readingRun:)) { try recheck(path) }
    let verdicts = gate.judge(milestones, subject: subject, others: others, contents: contents, now: now).map {
      recheck?.adding(to: $0, subject, GateEvidence(contents: contents)) ?? $0
    }
    if recording, contents.headState.loss == nil {
      _ = try Self.reading(
        { GateFailure(.verdictNotRecorded, $0) }, { try ledger.append(verdicts.map { .verdict($0) }) })
    }
    return verdicts
  }

  private func chosen(_ id: String?, of gates: GatesConfig) throws(GateFailure) -> [GatesConfig.Milestone] {
    guard let id else { return gates.milestones }
    return [try Self.reading({ GateFailure(.unknownMilestone, $0) }, { try gates.knownMilestone(id) })]
  }

  private static func reading<T>(
    _ wrap: (any Error) -> GateFailure, _ body: () throws -> T
  ) throws(GateFailure) -> T {
    do { return try body() } catch { throw wrap(error) }
  }
}

/// The gates' configuration has no such milestone.
public struct UnknownMilestone: Error, Equatable, Sendable, CustomStringConvertible {
  let id: String
  let known: [String]

  public var description: String {
    let shown = id.unicodeScalars.prefix(40).map { $0.escaped(asASCII: true) }.joined()
    return "'\(shown)' is no milestone; allowed: \(known.joined(separator: ", ")). Name one of them."
  }
}
