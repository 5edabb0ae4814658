import Glibc
import Schemas

/// An append-only file of records in which every line seals all lines before it (`ChainedLine`).
///
/// Writers exclude each other, and readers, by `<name>.lock` beside the file. What `append` returned is on disk; after a
/// kill at any instant the next append goes on behind the last whole line. A file that is cut between two lines is still
/// a chain: only a head that was pinned elsewhere shows the cut.
public struct ChainedLog: Sendable {
  public let path: StoragePath
  public let root: StorageRoot
  /// How long to wait for the lock, in seconds.
  public let patience: Double

  public init(_ path: StoragePath, in root: StorageRoot, patience: Double = 10) {
    self.path = path
    self.root = root
    self.patience = patience
  }

  /// Appends `records` behind the last line, one `write(2)` each, all or none, and returns the new head.
  ///
  /// Makes the file and its directories if absent. A torn last line is moved to `<name>.torn-<offset>`; of the lines
  /// before, only the last is checked. After a failure the file ends where it ended before.
  ///
  /// - Precondition: There is a record.
  /// - Throws: `StorageError.locked` after `patience` seconds; `.malformed` if the last line is not whole by its own
  ///   digest; what writing throws. An fsync that fails is not repeated.
  public func append(_ records: [any Record]) throws -> LedgerHead {
    precondition(!records.isEmpty, "appending nothing gives no head")
    return try locked {
      guard let head = try write(records, after: lastHead()) else { preconditionFailure("a record was written") }
      return head
    }
  }

  /// Appends what `decide` returns for all lines, strictly read, while nobody else can write: compare and swap.
  ///
  /// - Returns: The head, which is the old one if `decide` returned nothing; nil if the log stays empty.
  /// - Throws: What `decide` throws, and then nothing was written; what `read` and `append(_:)` throw.
  @discardableResult
  public func append(reading decide: ([ChainedLine]) throws -> [any Record]) throws -> LedgerHead? {
    try locked {
      var lines: [ChainedLine] = []
      if try root.exists(path) {
        var reader = try NDJSONReader(path, in: root, mode: .strict)
        lines = try chain(&reader)
      }
      return try write(decide(lines), after: lines.last?.head)
    }
  }

  /// All lines; every byte is checked.
  ///
  /// - Throws: `StorageError.malformed` with line and byte offset for the first line that is torn, altered, missing or out
  ///   of order; `.system` (ENOENT) if there is no such file; `.locked`.
  public func read() throws -> [ChainedLine] {
    try withReader { try chain(&$0) }
  }

  /// All whole lines, checked as `read` does, and the bytes of a torn line behind them: what the next append would build
  /// on. Nothing if there is no such file.
  public func wholeLines() throws -> (lines: [ChainedLine], tornByteCount: Int) {
    guard try root.exists(path) else { return ([], 0) }
    return try withReader(mode: .tolerantOfTornTail) { reader in
      let lines = try chain(&reader)
      return (lines, reader.tornTailByteCount)
    }
  }

  private func chain(_ reader: inout NDJSONReader) throws -> [ChainedLine] {
    var lines: [ChainedLine] = []
    while let line = try reader.nextChained() {
      if let fault = line.fault(after: lines.last?.head) { throw fault }
      lines.append(line)
    }
    return lines
  }
}

extension ChainedLog {
  /// Calls `body` with the log while nobody writes to it: an append in the middle looks like a torn tail, and a page
  /// that is cut off while mapped would raise SIGBUS. Where no writer ever was there is no lock and none is made.
  func withReader<R>(
    mode: NDJSONReader.Mode = .strict, _ body: (inout NDJSONReader) throws -> R
  ) throws -> R {
    let lock = try FileLock(sharing: lockPath, in: root, patience: patience)
    return try withExtendedLifetime(lock) {
      var reader = try NDJSONReader(path, in: root, mode: mode)
      return try body(&reader)
    }
  }

  private func locked<R>(_ body: () throws -> R) throws -> R {
    try root.makeDirectory(path.parent)
    let lock = try FileLock(lockPath, in: root, patience: patience)
    return try withExtendedLifetime(lock) {
      if try root.exists(path) { try root.quarantineTornTail(of: path) }
      return try body()
    }
  }

  private var lockPath: StoragePath {
    get throws { path.parent.appending(try StoragePath(parsing: root.lastName(of: path) + ".lock")) }
  }

  /// The head of the last line, whose own digest is checked; nil for an empty or absent log.
  private func lastHead() throws -> LedgerHead? {
    guard try root.exists(path) else { return nil }
    var reader = try NDJSONReader(path, in: root, mode: .strict)
    reader.skipToLastLine()
    return try reader.nextChained()?.head
  }

  private func write(_ records: [any Record], after last: LedgerHead?) throws -> LedgerHead? {
    guard !records.isEmpty else { return last }
    var head = last
    var lines: [[UInt8]] = []
    do {
      for record in records {
        let data = try RecordEncoder().value(of: record)
        let line = try ChainedLine.bytes(data, schema: type(of: record).schema, after: head)
        lines.append(line.bytes)
        head = line.head
      }
    } catch let error as StorageError { throw error.located(in: root.name(path)) }
    try NDJSONWriter(appendingTo: path, in: root).append(lines: lines)
    return head
  }
}

extension NDJSONReader {
  /// The next line of a chained log, checked by itself; nil after the last.
  mutating func nextChained() throws -> ChainedLine? {
    let path = path
    return try next { bytes, line, offset in
      try ChainedLine(reading: bytes, line: line, offset: offset, path: path)
    }
  }
}
