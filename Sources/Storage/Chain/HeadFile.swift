import Glibc
import Schemas

/// The file beside a chained log that names its last acknowledged line: it shows what the chain cannot, a cut between
/// two lines.
///
/// It is replaced under the log's lock after the lines are on disk, and never moves backwards, because a line that it
/// names has to be there before another can be appended. A kill in between leaves lines beyond it, which the next append
/// takes in; hence a log may be longer than its head says, never shorter.
struct HeadFile {
  private let path: StoragePath
  private let root: StorageRoot

  init(of log: StoragePath, in root: StorageRoot) throws {
    path = log.parent.appending(try StoragePath(parsing: root.lastName(of: log) + ".head"))
    self.root = root
  }

  /// What it holds.
  ///
  /// - Throws: `StorageError` where the device fails; what cannot be read as a head is `.unreadable`.
  func read() throws -> HeadPin {
    do {
      let record = try root.read(LedgerHeadRecord.self, at: path, limit: Limits.headByteCount)
      return record.isConsistent
        ? .record(record) : .unreadable(expected: "seq, sha and byte_count of one line", got: "such as no line has")
    } catch StorageError.system(_, _, ENOENT) {
      return .none
    } catch let error as StorageError where [.badData, .noInput].contains(error.kind) {
      return .unreadable(expected: "a record \(LedgerHeadRecord.schema)", got: "'\(error)'")
    }
  }

  /// Sets it, durably.
  func replace(with record: LedgerHeadRecord) throws { try root.atomicReplace(path, record: record) }
}

/// What a head file holds.
enum HeadPin {
  /// There is none.
  case none
  case record(LedgerHeadRecord)
  /// Something stands there that names no line.
  case unreadable(expected: String, got: String)

  /// The line that the log must have.
  var promisedHead: LedgerHead? {
    if case .record(let record) = self { record.head } else { nil }
  }

  /// What it says of a log.
  ///
  /// - Parameters:
  ///   - rule: Number of the log's line that promises a head file; nil if it has none.
  ///   - line: The digest and the end, in bytes, of the log's line with a number; nil if it has none.
  func state(rule: Int?, _ line: (Int) -> (digest: Digest, end: Int)?) -> HeadState {
    switch self {
    case .none: rule == nil ? .noRule : .lost(.missing)
    case .unreadable(let expected, let got): .lost(.altered(expected: expected, got: got))
    case .record(let record): record.state(rule: rule, line)
    }
  }
}

extension HeadPin {
  /// What it says of a log that was read from its start.
  func state(of lines: [ChainedLine], _ order: ChainOrder) -> HeadState {
    state(rule: order.rule) { lines.indices.contains($0) ? (lines[$0].head.digest, lines[$0].end) : nil }
  }
}

extension LedgerHeadRecord {
  /// Whether its numbers can be those of a line.
  fileprivate var isConsistent: Bool {
    guard let sequence, digest != nil else {
      return sequence == nil && digest == nil && byteCount == 0 && ruleSequence == nil
    }
    return sequence >= 0 && byteCount > 0 && ruleSequence.map { (0...sequence).contains($0) } ?? true
  }

  fileprivate func state(rule: Int?, _ line: (Int) -> (digest: Digest, end: Int)?) -> HeadState {
    guard let head else { return .pinned(nil) }
    guard let found = line(head.sequence) else { return .lost(.cut(head)) }
    guard found.digest == head.digest, found.end == byteCount else {
      return .lost(
        .altered(
          expected: "line \(head.sequence + 1) with \(found.digest) up to byte \(found.end)",
          got: "\(head.digest) up to byte \(byteCount)"))
    }
    // A head from before the rule names a line before the rule's: a writer was killed between the two.
    guard ruleSequence == rule || (ruleSequence == nil && rule ?? 0 > head.sequence) else {
      return .lost(
        .altered(
          expected: rule.map { "the rule in line \($0 + 1)" } ?? "no rule, as the log has none",
          got: ruleSequence.map { "line \($0 + 1)" } ?? "none"))
    }
    return .pinned(head)
  }
}
