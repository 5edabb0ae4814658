import Glibc
import Schemas

/// An append-only file of records in which every line seals all lines before it (`ChainedLine`).
///
/// Writers exclude each other, and readers, by `<name>.lock` beside the file. What `append` returned is on disk; after a
/// kill at any instant the next append goes on behind the last whole line.
///
/// A file that is cut between two lines is still a chain. A log that pins its head notices: `<name>.head` names the last
/// acknowledged line (`LedgerHeadRecord`), a line of the log says so (`LedgerRuleRecord`), and nothing is read or
/// appended where the two contradict each other. Who restores an older log with the head file of its time is not noticed.
public struct ChainedLog: Sendable {
  public let path: StoragePath
  public let root: StorageRoot
  /// How long to wait for the lock, in seconds.
  public let patience: Double
  /// Whether it keeps a head file. A log from before gets one with its next append.
  public let pinsHead: Bool

  public init(_ path: StoragePath, in root: StorageRoot, patience: Double = 10, pinsHead: Bool = false) {
    self.path = path
    self.root = root
    self.patience = patience
    self.pinsHead = pinsHead
  }

  /// All lines; every byte is checked.
  ///
  /// - Throws: `StorageError.malformed` with line and byte offset for the first line that is torn, altered, missing or out
  ///   of order; `.headLost`; `.system` (ENOENT) if there is no such file; `.locked`.
  public func read() throws -> [ChainedLine] {
    let (lines, head) = try contents()
    if let loss = head.loss { throw StorageError.headLost(log: root.name(path), loss) }
    return lines
  }

  /// All lines, strictly read, and what the head file says of them: for those who judge a lost head themselves.
  ///
  /// A log that is gone although its head file names a line has no lines.
  ///
  /// - Throws: As `read`, but for `.headLost`.
  public func contents() throws -> (lines: [ChainedLine], head: HeadState) {
    let (lines, head, _) = try wholeContents(mode: .strict)
    return (lines, head)
  }

  /// All whole lines, checked as `read` does, and the bytes of a torn line behind them: what the next append would build
  /// on. Nothing if there is no such file.
  public func wholeLines() throws -> (lines: [ChainedLine], tornByteCount: Int) {
    guard try !isAbsent() else { return ([], 0) }
    let (lines, head, tornByteCount) = try wholeContents(mode: .tolerantOfTornTail)
    if let loss = head.loss { throw StorageError.headLost(log: root.name(path), loss) }
    return (lines, tornByteCount)
  }

  /// Whether there is no such file and no head file misses it.
  public func isAbsent() throws -> Bool {
    guard try !root.exists(path) else { return false }
    return try whileNobodyWrites { try pin().promisedHead == nil }
  }

  private func wholeContents(
    mode: NDJSONReader.Mode
  ) throws -> (lines: [ChainedLine], head: HeadState, tornByteCount: Int) {
    try whileNobodyWrites {
      let pin = try pin()
      if let head = pin.promisedHead, try !root.exists(path) { return ([], .lost(.cut(head)), 0) }
      var reader = try NDJSONReader(path, in: root, mode: mode)
      var order = ChainOrder(pinsHead: pinsHead)
      let lines = try reader.chain(&order)
      return (lines, pin.state(of: lines, order), reader.tornTailByteCount)
    }
  }

  /// Calls `body` while nobody writes to the log: an append in the middle looks like a torn tail, and a page that is cut
  /// off while mapped would raise SIGBUS. Where no writer ever was there is no lock and none is made.
  func whileNobodyWrites<R>(_ body: () throws -> R) throws -> R {
    let lock = try FileLock(sharing: lockPath, in: root, patience: patience)
    return try withExtendedLifetime(lock, body)
  }

  var lockPath: StoragePath {
    get throws { path.parent.appending(try StoragePath(parsing: root.lastName(of: path) + ".lock")) }
  }

  /// What the head file holds; the caller holds the lock.
  func pin() throws -> HeadPin { pinsHead ? try HeadFile(of: path, in: root).read() : .none }
}
