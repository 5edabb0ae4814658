import Schemas

/// What a check of a chained log has found.
public struct ChainAudit: Sendable, Equatable {
  /// Everything that is wrong; empty for a sound log.
  public var findings: [ChainFinding]
  /// What the head file says of the log; a loss is among the findings.
  public let head: HeadState
}

extension ChainedLog {
  /// Everything that is wrong with the file: each broken line, each head in `pinned` that it does not reach, and a lost
  /// head file.
  ///
  /// The line after a broken one is checked by itself only; behind a torn tail nothing follows.
  ///
  /// - Throws: As `contents` does where there is nothing to check.
  public func audit(pinned: [LedgerHead] = []) throws -> ChainAudit {
    try whileNobodyWrites {
      let pin = try pin()
      if let head = pin.promisedHead, try !root.exists(path) {
        return audit([], HeadState.lost(.cut(head)), line: 1, end: 0)
      }
      var reader = try NDJSONReader(path, in: root, mode: .strict)
      var findings: [ChainFinding] = []
      var found: [Int: (digest: Digest, end: Int)] = [:]
      var order = ChainOrder(pinsHead: pinsHead)
      var isBehindBreak = false
      while true {
        let start = reader.offset
        do {
          guard let line = try reader.nextChained() else { break }
          found[line.head.sequence] = (line.head.digest, line.end)
          if let fault = isBehindBreak ? order.ruleFault(of: line) : order.fault(of: line) {
            findings.append(ChainFinding(line: line.line, offset: line.offset, message: "\(fault)"))
          }
          order.advance(to: line)
          isBehindBreak = false
        } catch let error as StorageError {
          let isTorn = reader.offset == start
          findings.append(ChainFinding(line: reader.line + (isTorn ? 1 : 0), offset: start, message: "\(error)"))
          if isTorn { break }
          isBehindBreak = true
        }
      }
      findings += pinned.compactMap { missing($0, among: found, end: reader) }
      return audit(findings, pin.state(rule: order.rule) { found[$0] }, line: reader.line + 1, end: reader.offset)
    }
  }

  /// The findings of `audit`.
  public func verify(pinned: [LedgerHead] = []) throws -> [ChainFinding] { try audit(pinned: pinned).findings }

  private func missing(
    _ head: LedgerHead, among found: [Int: (digest: Digest, end: Int)], end: NDJSONReader
  ) -> ChainFinding? {
    let digest = found[head.sequence]?.digest
    guard digest != head.digest else { return nil }
    let error = StorageError.altered(
      path: root.name(path), expected: "line \(head.sequence + 1) with the pinned digest \(head.digest)",
      got: digest?.description ?? "no such line")
    return ChainFinding(line: head.sequence + 1, offset: end.offset, message: "\(error)")
  }

  private func audit(_ findings: [ChainFinding], _ head: HeadState, line: Int, end: Int) -> ChainAudit {
    let lost = head.loss.map { ChainFinding(line: line, offset: end, message: $0.message(log: root.name(path))) }
    return ChainAudit(findings: findings + (lost.map { [$0] } ?? []), head: head)
  }
}
