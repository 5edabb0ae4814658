import Schemas

/// What the ledger is told of one training: once that it began, and once that it ended.
///
/// A run counts from its first line on, also where its directory is gone.
public struct RunEventLog: Sendable {
  private let ledger: MetricsLedger
  private let origin: RunOrigin
  private let codexVersion: String

  /// - Parameter origin: The run's template, and where the run departs from it.
  public init(_ ledger: MetricsLedger, of origin: RunOrigin, codexVersion: String) {
    self.ledger = ledger
    self.origin = origin
    self.codexVersion = codexVersion
  }

  /// The intention that the run counts under: the one that it was begun under, and for a run that the ledger does not
  /// know the newest that was declared for its template and seed.
  ///
  /// Ask before anything is written: an event could not be appended to a ledger that this refuses.
  ///
  /// - Returns: The intention's id; nil if there is none.
  /// - Throws: As `MetricsLedger.wholeContents` does.
  public func intention(of runID: String, seed: UInt64) throws -> String? {
    let contents = try ledger.wholeContents()
    if let begun = contents.beginning(of: runID) { return begun.record.intention }
    return contents.intentions.last { $0.record.template == origin.template && $0.record.seeds.contains(seed) }?.record
      .id
  }

  /// Records that the run began, unless the ledger knows.
  ///
  /// - Parameters:
  ///   - metadata: As they stand before the first step that this process takes.
  ///   - now: Seconds since 1970-01-01 UTC.
  /// - Throws: As `MetricsLedger.append(reading:)` does.
  public func recordStart(of metadata: RunMetadata, at now: Double) throws {
    try ledger.append(reading: { contents in
      contents.beginning(of: metadata.runID) == nil ? [.runEvent(started(metadata, now))] : []
    })
  }

  /// Records that the run took its last step, unless the ledger knows; and that it began, where the ledger does not
  /// know even that.
  ///
  /// - Throws: As `MetricsLedger.append(reading:)` does; the run stays what it is.
  public func recordFinish(of metadata: RunMetadata, at now: Double) throws {
    try ledger.append(reading: { contents in
      let known = contents.beginning(of: metadata.runID)?.record
      let begun = known ?? started(metadata, now)
      let end = RunEventRecord(
        runID: metadata.runID, event: .finished, template: begun.template, overrides: begun.overrides,
        runConfigDigest: metadata.configDigest, seed: metadata.seed, intention: begun.intention,
        steps: metadata.stepsText, weightsDigest: metadata.weightsDigest, codexVersion: codexVersion, recordedAt: now)
      guard !contents.runEvents.contains(where: { $0.record.saysTheSame(as: end) }) else { return [] }
      return (known == nil ? [.runEvent(begun)] : []) + [.runEvent(end)]
    })
  }

  private func started(_ metadata: RunMetadata, _ now: Double) -> RunEventRecord {
    RunEventRecord(
      runID: metadata.runID, event: .started, template: origin.template, overrides: origin.overrides,
      runConfigDigest: metadata.configDigest, seed: metadata.seed, intention: metadata.intention,
      steps: metadata.stepsText, weightsDigest: nil, codexVersion: codexVersion, recordedAt: now)
  }
}

extension LedgerContents {
  /// The first line that says that run `runID` began.
  func beginning(of runID: String) -> LedgerRecord<RunEventRecord>? {
    runEvents.first { $0.record.runID == runID && $0.record.event == .started }
  }
}

extension RunEventRecord {
  /// Whether `other` says the same of the same run, whoever wrote it and when.
  func saysTheSame(as other: RunEventRecord) -> Bool {
    runID == other.runID && event == other.event && template == other.template && overrides == other.overrides
      && runConfigDigest == other.runConfigDigest && seed == other.seed && intention == other.intention
      && steps == other.steps && weightsDigest == other.weightsDigest
  }
}
