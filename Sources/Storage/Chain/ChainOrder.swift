import Schemas

/// What is known while the lines of a chained log are read one after the other.
struct ChainOrder {
  /// Whether the log keeps a head file, hence has a line that says so.
  let pinsHead: Bool
  /// The line read last; nil before the first.
  private(set) var last: LedgerHead?
  /// Where the next line starts.
  private(set) var end = 0
  /// Number of the line that promises a head file; nil before it.
  private(set) var rule: Int?

  init(pinsHead: Bool) { self.pinsHead = pinsHead }

  /// Begins at a line that was checked before, instead of at the log's start.
  init(pinsHead: Bool, at line: ChainedLine, rule: Int?) {
    self.init(pinsHead: pinsHead)
    (last, end, self.rule) = (line.head, line.end, rule)
  }

  /// Why `line` cannot be the next; nil if it can.
  func fault(of line: ChainedLine) -> StorageError? {
    if let fault = line.fault(after: last) { return fault }
    return ruleFault(of: line)
  }

  /// Why `line`, wherever it stands, cannot say that the log keeps a head file; nil if it can, or says something else.
  func ruleFault(of line: ChainedLine) -> StorageError? {
    guard pinsHead, line.schema == LedgerRuleRecord.schema else { return nil }
    if let rule {
      return .malformed(
        path: line.path, line: line.line, offset: line.offset, expected: "one rule, that of line \(rule + 1)",
        got: "another")
    }
    do {
      let record = try line.record(LedgerRuleRecord.self)
      guard record != .head else { return nil }
      return .mismatch(
        path: line.path, line: line.line, key: "data.version", expected: "\(LedgerRuleRecord.head.version)",
        got: "\(record.version)")
    } catch { return error as? StorageError }
  }

  /// Goes on behind `line`.
  mutating func advance(to line: ChainedLine) {
    (last, end) = (line.head, line.end)
    if pinsHead, line.schema == LedgerRuleRecord.schema { rule = rule ?? line.head.sequence }
  }
}

extension NDJSONReader {
  /// All lines from here on, in their order.
  ///
  /// - Throws: `StorageError` for the first that is not the next in `order`.
  mutating func chain(_ order: inout ChainOrder) throws -> [ChainedLine] {
    var lines: [ChainedLine] = []
    while let line = try nextChained() {
      if let fault = order.fault(of: line) { throw fault }
      order.advance(to: line)
      lines.append(line)
    }
    return lines
  }

  /// The next line of a chained log, checked by itself; nil after the last.
  mutating func nextChained() throws -> ChainedLine? {
    let path = path
    return try next { bytes, line, offset in
      try ChainedLine(reading: bytes, line: line, offset: offset, path: path)
    }
  }
}
