import Runs
import Schemas
import Storage

extension EvaluationStore {
  /// Takes the run's lock, which training holds too: while somebody trains, what would be evaluated is not settled.
  ///
  /// - Throws: `StorageError.locked`.
  public func lock() throws -> FileLock { try FileLock(run.appending(RunFolder.lock), in: root) }

  /// Writes the ledger's `head` into the run's metadata: a ledger that is cut later is found out by it.
  ///
  /// - Parameter lock: The run's.
  public func pin(_ head: LedgerHead, holding lock: FileLock) throws {
    let path = run.appending(RunFolder.metadata)
    var metadata = try root.read(RunMetadata.self, at: path)
    metadata.ledgerHead = head
    try root.atomicReplace(path, record: metadata)
  }
}
