import Schemas

/// What a copy of a workspace recorded since it was copied, as far as the ledger it came from does not know it.
///
/// Taken are answers, figures, run events and intentions; verdicts, deployments and merges are about the ledger that
/// they stand in. Batches stay whole and in order.
public struct LedgerMerge: Sendable, Equatable {
  /// The last line that both ledgers begin with.
  public let commonHead: LedgerHead
  /// The last line of the other ledger.
  public let sourceHead: LedgerHead
  /// What is to be appended, in order; empty if everything is known.
  public let entries: [LedgerEntry]
  /// Of the other ledger, the last line of each batch among them, and its last line.
  public let heads: [LedgerHead]

  /// - Complexity: O(n) in the lines of both.
  /// - Throws: `LedgerError.nothingInCommon`, `.contradictory`.
  init(of source: LedgerContents, named sourceName: String, into own: LedgerContents, named name: String)
    throws(LedgerError)
  {
    let commonCount = zip(source.lines, own.lines).prefix { $0.head == $1.head }.count
    // Lines without a time are no sign of a common past: other ledgers may begin with the same.
    guard source.lines[..<commonCount].contains(where: { $0.entry.recordedAt != nil }), let sourceHead = source.head
    else {
      throw LedgerError.nothingInCommon(ledger: name, source: sourceName)
    }
    let known = Dictionary(grouping: LedgerBatch.batches(of: own), by: \.subject)
    var taken: [LedgerBatch] = []
    for batch in LedgerBatch.batches(of: source) {
      // A batch that was being written when the copy was made is taken whole.
      guard let subject = batch.subject, batch.last.head.sequence >= commonCount else { continue }
      var isKnown = false
      for other in known[subject] ?? [] {
        if let lines = batch.contradiction(with: other) {
          throw LedgerError.contradictory(
            ledger: name, line: lines.other.sequence, source: sourceName, sourceLine: lines.own.sequence)
        }
        if other.lines.count >= batch.lines.count { isKnown = true }
      }
      if !isKnown { taken.append(batch) }
    }
    commonHead = source.lines[commonCount - 1].head
    self.sourceHead = sourceHead
    entries = taken.flatMap { $0.lines.map(\.entry) }
    let heads = taken.map(\.last.head)
    self.heads = heads + (heads.last == sourceHead ? [] : [sourceHead])
  }

  /// The line that stands before what was taken.
  func record(codexVersion: String, now: Double) -> MergeRecord {
    MergeRecord(
      sourceHead: sourceHead, commonHead: commonHead, lineCount: entries.count, heads: heads,
      codexVersion: codexVersion, recordedAt: now)
  }
}

extension MetricsLedger {
  /// Appends what `source`, the ledger of a copy of this workspace, has and this one has not, all or none.
  ///
  /// After a kill in between, the same again takes the rest; a measurement that was cut is taken again as a whole.
  ///
  /// - Parameter now: Seconds since 1970-01-01 UTC.
  /// - Returns: What was taken; nothing is written where that is nothing.
  /// - Throws: `LedgerError.nothingInCommon`, `.contradictory`; as `contents()` of `source` and `append(reading:)` do.
  public func merge(_ source: MetricsLedger, codexVersion: String, now: Double) throws -> LedgerMerge {
    let theirs = try source.contents()
    var merge: LedgerMerge?
    try append(reading: { own in
      let made = try LedgerMerge(of: theirs, named: source.name, into: own, named: name)
      merge = made
      return made.entries.isEmpty ? [] : [.merge(made.record(codexVersion: codexVersion, now: now))] + made.entries
    })
    guard let merge else { preconditionFailure("an append asks what to append") }
    return merge
  }
}
