import Composition
import Schemas
import Storage

/// The one way from files to verdicts: reads configuration, ledger, run and pages, judges, and tells what could not be
/// read from what was judged.
public struct GateJudgement: Sendable {
  private let workspace: StorageRoot
  private let ledger: MetricsLedger
  private let codexVersion: String

  public init(in workspace: StorageRoot, ledger: MetricsLedger, codexVersion: String) {
    self.workspace = workspace
    self.ledger = ledger
    self.codexVersion = codexVersion
  }

  /// Judges one milestone, or all of them.
  ///
  /// - Parameters:
  ///   - milestone: A milestone's id; nil for all.
  ///   - config: Composes the gates' configuration.
  ///   - run: Finds the run's directory.
  ///   - recording: Whether the verdicts, also those that say no, are appended to the ledger; a ledger whose head is lost
  ///     is not appended to.
  ///   - now: Seconds since 1970-01-01 UTC.
  /// - Throws: `GateFailure` where nothing could be judged.
  public func verdicts(
    on milestone: String?, config: () throws -> ResolvedConfig, run: () throws -> StoragePath, recording: Bool,
    now: Double
  ) throws(GateFailure) -> [VerdictRecord] {
    let gates = try Self.reading(GateFailure.init(readingConfig:)) { try GatesConfig(config()) }
    let milestones = try chosen(milestone, of: gates)
    let contents = try Self.reading(GateFailure.init(readingLedger:)) { try ledger.contents() }
    let files = GateFiles(in: workspace)
    let path = try Self.reading({ GateFailure(.noRun, $0) }, run)
    let subject = try Self.reading(GateFailure.init(readingRun:)) {
      try files.subject(at: path, comparedIn: contents)
    }
    let pages = try Self.reading({ GateFailure(.unreadablePage, $0) }, { try files.pages(for: gates) })

    let gate = MilestoneGate(config: gates, pages: pages, codexVersion: codexVersion)
    let verdicts = milestones.map { gate.judge($0, subject: subject, contents: contents, now: now) }
    if recording, contents.headState.loss == nil {
      _ = try Self.reading(
        { GateFailure(.verdictNotRecorded, $0) }, { try ledger.append(verdicts.map { .verdict($0) }) })
    }
    return verdicts
  }

  private func chosen(_ id: String?, of gates: GatesConfig) throws(GateFailure) -> [GatesConfig.Milestone] {
    guard let id else { return gates.milestones }
    guard let milestone = gates.milestone(id) else {
      throw GateFailure(.unknownMilestone, UnknownMilestone(id: id, known: gates.milestones.map(\.id)))
    }
    return [milestone]
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
