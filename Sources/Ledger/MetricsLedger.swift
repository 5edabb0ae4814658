import Schemas
import Storage

/// The file of all evidence: answers, measurements, verdicts and deployments, in one hash chain (docs/reference/ledger.md).
public struct MetricsLedger: Sendable {
  /// Where it is in a workspace.
  public static let standardPath: StoragePath = ".codex/metrics/reasoning.ndjson"
  /// Seconds that an append or a reading waits for others: more than any of theirs takes.
  public static let patience = 30.0

  private let log: ChainedLog

  public init(_ path: StoragePath = standardPath, in root: StorageRoot, patience: Double = patience) {
    log = ChainedLog(path, in: root, patience: patience)
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

  private static func contents(_ lines: [ChainedLine]) throws -> LedgerContents {
    LedgerContents(lines: try lines.map { .init(head: $0.head, entry: try LedgerEntry($0)) })
  }

  /// Everything in it, strictly read.
  ///
  /// - Throws: `StorageError` for the first line that breaks the chain or is no record of a tier; `.system` (ENOENT) if
  ///   there is no ledger.
  public func contents() throws -> LedgerContents {
    LedgerContents(lines: try log.read().map { .init(head: $0.head, entry: try LedgerEntry($0)) })
  }

  /// Makes sure that evidence may be added: every whole line holds, and `pinned` is among them.
  ///
  /// - Returns: Bytes of a torn last line, which the next append puts aside.
  /// - Throws: `StorageError` for the first line that breaks the chain; `LedgerError.headLost`.
  public func checkForAppending(pinned: LedgerHead?) throws -> Int {
    let (lines, tornByteCount) = try log.wholeLines()
    if let pinned, !lines.contains(where: { $0.head == pinned }), try !Self.contents(lines).reaches(pinned) {
      throw LedgerError.headLost(ledger: name, sequence: pinned.sequence)
    }
    return tornByteCount
  }

  /// Everything that is wrong with it: broken lines, heads in `pinned` that it does not reach and, where the chain
  /// holds, lines that are no record of a tier.
  public func verify(pinned: [LedgerHead] = []) throws -> [ChainFinding] {
    let merged = (try? contents())?.mergedHeads ?? []
    let findings = try log.verify(pinned: pinned.filter { !merged.contains($0) })
    guard findings.isEmpty else { return findings }
    return try log.read().compactMap { line in
      do {
        _ = try LedgerEntry(line)
        return nil
      } catch let error as StorageError {
        return ChainFinding(line: line.line, offset: line.offset, message: "\(error)")
      }
    }
  }
}
