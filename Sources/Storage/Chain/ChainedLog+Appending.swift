import Schemas

extension ChainedLog {
  /// Appends `records` behind the last line, one `write(2)` each, and returns the new head.
  ///
  /// Makes the file and its directories if absent. A torn last line is moved to `<name>.torn-<offset>`; of the lines
  /// before, only those from the head file's on are checked, or the last. After a failure of the lines the file ends where
  /// it ended before; after one of the head file they stand beyond it, and nothing was acknowledged.
  ///
  /// - Precondition: There is a record.
  /// - Throws: `StorageError.locked` after `patience` seconds; `.malformed` if a line that is checked does not hold;
  ///   `.headLost`, and then nothing was changed; what writing throws. An fsync that fails is not repeated.
  public func append(_ records: [any Record]) throws -> LedgerHead {
    precondition(!records.isEmpty, "appending nothing gives no head")
    return try locked {
      let end = try lastLines()
      try quarantineTornTail()
      guard let head = try write(records, behind: end) else { preconditionFailure("a record was written") }
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
      let (lines, end) = try allLines()
      try quarantineTornTail()
      return try write(decide(lines), behind: end)
    }
  }

  /// Where the log ends, and what its head file says of it.
  private struct End {
    /// The last whole line; nil if there is none.
    let head: LedgerHead?
    /// Where it ends.
    let byteCount: Int
    /// Number of the line that promises a head file.
    let rule: Int?
    /// What the head file holds.
    let pin: HeadPin

    init(_ order: ChainOrder, pin: HeadPin) {
      (head, byteCount, rule, self.pin) = (order.last, order.end, order.rule, pin)
    }
  }

  private func locked<R>(_ body: () throws -> R) throws -> R {
    try root.makeDirectory(path.parent)
    let lock = try FileLock(lockPath, in: root, patience: patience)
    return try withExtendedLifetime(lock, body)
  }

  private func quarantineTornTail() throws {
    if try root.exists(path) { try root.quarantineTornTail(of: path) }
  }

  /// All whole lines.
  ///
  /// - Throws: `StorageError.headLost` unless the head file agrees with them.
  private func allLines() throws -> (lines: [ChainedLine], end: End) {
    let pin = try pin()
    var order = ChainOrder(pinsHead: pinsHead)
    var lines: [ChainedLine] = []
    if try root.exists(path) {
      var reader = try NDJSONReader(path, in: root, mode: .tolerantOfTornTail)
      lines = try reader.chain(&order)
    }
    if let loss = pin.state(of: lines, order).loss { throw StorageError.headLost(log: root.name(path), loss) }
    return (lines, End(order, pin: pin))
  }

  /// The end of the log, read from the line that its head file names on; without a head file from the first line, or
  /// from the last if the log keeps none.
  private func lastLines() throws -> End {
    let pin = try pin()
    guard try root.exists(path), !pinsHead || pin.promisedHead != nil else { return try allLines().end }
    var reader = try NDJSONReader(path, in: root, mode: .tolerantOfTornTail)
    guard case .record(let record) = pin, let head = record.head else {
      reader.skipToLastLine()
      guard let last = try reader.nextChained() else { return End(ChainOrder(pinsHead: false), pin: pin) }
      return End(ChainOrder(pinsHead: false, at: last, rule: nil), pin: pin)
    }
    guard let rule = record.ruleSequence, try isRule(line: rule + 1),
      reader.skipToLine(head.sequence + 1, endingAt: record.byteCount), let line = try reader.nextChained(),
      pin.state(rule: rule, { $0 == line.head.sequence ? (line.head.digest, line.end) : nil }).loss == nil
    else {
      // Slow, and exact in what it says.
      return try allLines().end
    }
    var order = ChainOrder(pinsHead: true, at: line, rule: rule)
    _ = try reader.chain(&order)
    return End(order, pin: pin)
  }

  private func isRule(line number: Int) throws -> Bool {
    var reader = try NDJSONReader(path, in: root, mode: .tolerantOfTornTail)
    reader.skipToLine(number)
    guard let line = try reader.nextChained() else { return false }
    return line.schema == LedgerRuleRecord.schema && line.head.sequence == number - 1
  }

  private func write(_ records: [any Record], behind end: End) throws -> LedgerHead? {
    guard !records.isEmpty else {
      if end.head != nil, end.pin.promisedHead != end.head {
        // Lines of a writer that was killed: whoever relies on them now must not lose them.
        try root.synchronise(path)
        if end.rule != nil { try setHead(end.head, byteCount: end.byteCount, rule: end.rule) }
      }
      return end.head
    }
    let isFirstUnderRule = pinsHead && end.rule == nil
    let rule = isFirstUnderRule ? end.head.map { $0.sequence + 1 } ?? 0 : end.rule
    let (lines, head) = try sealed((isFirstUnderRule ? [LedgerRuleRecord.head] : []) + records, after: end.head)
    if isFirstUnderRule {
      // Before the line that promises it: after a kill in between the head would seem lost.
      if end.head != nil { try root.synchronise(path) }
      try setHead(end.head, byteCount: end.byteCount, rule: nil)
    }
    let writer = try NDJSONWriter(appendingTo: path, in: root)
    try writer.append(lines: lines)
    if pinsHead { try setHead(head, byteCount: writer.offset, rule: rule) }
    return head
  }

  private func sealed(
    _ records: [any Record], after last: LedgerHead?
  ) throws -> (lines: [[UInt8]], head: LedgerHead?) {
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
    return (lines, head)
  }

  private func setHead(_ head: LedgerHead?, byteCount: Int, rule: Int?) throws {
    try HeadFile(of: path, in: root).replace(with: LedgerHeadRecord(head, byteCount: byteCount, ruleSequence: rule))
  }
}
