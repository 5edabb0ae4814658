import Schemas

extension ChainedLog {
  /// Everything that is wrong with the file: each broken line, and each head in `pinned` that it does not reach.
  ///
  /// The line after a broken one is checked by itself only; behind a torn tail nothing follows.
  ///
  /// - Throws: As `read` does where there is nothing to check.
  public func verify(pinned: [LedgerHead] = []) throws -> [ChainFinding] {
    try withReader { reader in
      var findings: [ChainFinding] = []
      var digests: [Int: Digest] = [:]
      var last: LedgerHead?
      var isBehindBreak = false
      while true {
        let start = reader.offset
        do {
          guard let line = try reader.nextChained() else { break }
          digests[line.head.sequence] = line.head.digest
          if !isBehindBreak, let fault = line.fault(after: last) {
            findings.append(ChainFinding(line: line.line, offset: line.offset, message: "\(fault)"))
          }
          (last, isBehindBreak) = (line.head, false)
        } catch let error as StorageError {
          let isTorn = reader.offset == start
          findings.append(ChainFinding(line: reader.line + (isTorn ? 1 : 0), offset: start, message: "\(error)"))
          if isTorn { break }
          isBehindBreak = true
        }
      }
      return findings + pinned.compactMap { missing($0, among: digests, end: reader) }
    }
  }

  private func missing(_ head: LedgerHead, among digests: [Int: Digest], end: NDJSONReader) -> ChainFinding? {
    let found = digests[head.sequence]
    guard found != head.digest else { return nil }
    let error = StorageError.altered(
      path: root.name(path), expected: "line \(head.sequence + 1) with the pinned digest \(head.digest)",
      got: found?.description ?? "no such line")
    return ChainFinding(line: head.sequence + 1, offset: end.offset, message: "\(error)")
  }
}
