import Schemas
import Storage

/// The file of all evidence: answers, measurements, verdicts and deployments, in one hash chain
/// whose head is pinned in a file beside it (docs/reference/ledger.md).
public struct MetricsLedger: Sendable {
  /// Where it is in a workspace.
  public static let standardPath: StoragePath = ".codex/metrics/reasoning.ndjson"
  /// Seconds that an append or a reading waits for others: more than any of theirs takes.
  public static let patience = 30.0

  private let log: ChainedLog

  public init(_ path: StoragePath = standardPath, in root: StorageRoot, patience: Double = patience) {
    log = ChainedLog(path, in: root, patience: patience, pinsHead: true)
  }

  /// Its path, for messages.
  public var name: String { log.root.name(log.path) }

  /// Appends `entries` durably, all or none, and returns the new head.
  ///
  /// - Precondition: There is an entry.
  /// - Throws: As `ChainedLog.append` does.
  public func append(_ entries: [LedgerEntry]) throws -> LedgerHead { try log.append(entries.map(\.record)) }

  /// Appends what `decide` returns for everything in the ledger, strictly read, while nobody else can write.
  ///
  /// A torn last line is put aside before; where there is no ledger, `decide` is asked about an empty one.
  ///
  /// - Returns: The head, which is the old one if `decide` returned nothing; nil if the ledger stays empty.
  /// - Throws: What `decide` throws, and then nothing was written; as `contents()` and `append(_:)` do.
  @discardableResult
  public func append(reading decide: (LedgerContents) throws -> [LedgerEntry]) throws -> LedgerHead? {
    try log.append(reading: { try decide(Self.contents($0)).map(\.record) })
  }

  /// Everything that the next append will build on: all whole lines, strictly read; nothing where there is no ledger.
  ///
  /// - Throws: As `contents()` does, but neither for a torn last line nor for an absent ledger.
  public func wholeContents() throws -> LedgerContents { try Self.contents(log.wholeLines().lines) }

  private static func contents(_ lines: [ChainedLine], head: HeadState = .noRule) throws -> LedgerContents {
    LedgerContents(lines: try lines.map { .init(head: $0.head, entry: try LedgerEntry($0)) }, headState: head)
  }

  /// Everything in it, strictly read, and whether its head was lost: for those who judge that.
  ///
  /// A ledger that is gone although its head file names a line has no lines.
  ///
  /// - Throws: `StorageError` for the first line that breaks the chain or is no record of a tier; `.system` (ENOENT) if
  ///   there is no ledger.
  public func contents() throws -> LedgerContents {
    let (lines, head) = try log.contents()
    return try Self.contents(lines, head: head)
  }

  /// Everything in it, strictly read, its head included.
  ///
  /// - Throws: As `contents`, and `StorageError.headLost`.
  public func soundContents() throws -> LedgerContents {
    let contents = try contents()
    if let loss = contents.headState.loss { throw StorageError.headLost(log: name, loss) }
    return contents
  }

  /// Makes sure that evidence may be added: every whole line holds, and `pinned` and the head file's line are among them.
  ///
  /// - Returns: Bytes of a torn last line, which the next append puts aside.
  /// - Throws: `StorageError` for the first line that breaks the chain, and `.headLost`; `LedgerError.headLost`.
  public func checkForAppending(pinned: LedgerHead?) throws -> Int {
    let (lines, tornByteCount) = try log.wholeLines()
    if let pinned, !lines.contains(where: { $0.head == pinned }), try !Self.contents(lines).reaches(pinned) {
      throw LedgerError.headLost(ledger: name, sequence: pinned.sequence)
    }
    return tornByteCount
  }

  /// Everything that is wrong with it: broken lines, heads in `pinned` that it does not reach, a lost head file and, where
  /// the chain holds, lines that are no record of a tier.
  ///
  /// - Throws: As `contents` does where there is nothing to check.
  public func audit(pinned: [LedgerHead] = []) throws -> ChainAudit {
    var audit = try log.audit(pinned: pinned)
    if !audit.findings.isEmpty, let merged = (try? contents())?.mergedHeads, !merged.isEmpty {
      // What a run pinned in a ledger that was merged is not missing.
      audit = try log.audit(pinned: pinned.filter { !merged.contains($0) })
    }
    guard audit.findings.isEmpty else { return audit }
    audit.findings = try log.contents().lines.compactMap { line in
      do {
        _ = try LedgerEntry(line)
        return nil
      } catch let error as StorageError {
        return ChainFinding(line: line.line, offset: line.offset, message: "\(error)")
      }
    }
    return audit
  }

  /// The findings of `audit`.
  public func verify(pinned: [LedgerHead] = []) throws -> [ChainFinding] { try audit(pinned: pinned).findings }
}
