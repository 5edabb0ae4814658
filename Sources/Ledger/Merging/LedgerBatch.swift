import Schemas

/// Lines of a ledger that stand or fall together: the uninterrupted lines of one measurement, or a line of its own.
struct LedgerBatch {
  /// What two ledgers may both know something of.
  enum Subject: Hashable {
    case measurement(String)
    case runEvent(run: String, RunEventRecord.Event)
    case intention(String)
  }

  /// Nil for what is the ledger's own business.
  let subject: Subject?
  /// There is one.
  private(set) var lines: [LedgerContents.Line]

  /// The line that a measurement which was evaluated into this ledger pinned.
  var last: LedgerContents.Line { lines[lines.count - 1] }

  /// All lines of `contents`, in order.
  static func batches(of contents: LedgerContents) -> [LedgerBatch] {
    var batches: [LedgerBatch] = []
    for line in contents.lines {
      let subject = Subject(line.entry)
      if case .measurement? = subject, batches.last?.subject == subject {
        batches[batches.count - 1].lines.append(line)
      } else {
        batches.append(LedgerBatch(subject: subject, lines: [line]))
      }
    }
    return batches
  }

  /// The first lines of both that say different things; nil if one begins with the other.
  func contradiction(with other: LedgerBatch) -> (own: LedgerHead, other: LedgerHead)? {
    zip(lines, other.lines).first { !$0.entry.saysTheSame(as: $1.entry) }.map { ($0.head, $1.head) }
  }
}

extension LedgerBatch.Subject {
  /// Nil for verdicts, deployments, merges and what is not evidence: they are about the ledger that they stand in.
  fileprivate init?(_ entry: LedgerEntry) {
    switch entry {
    case .item(let record): self = .measurement(record.measurementID)
    case .metric(let record): self = .measurement(record.measurementID)
    case .runEvent(let record): self = .runEvent(run: record.runID, record.event)
    case .intention(let record): self = .intention(record.id)
    case .verdict, .deployment, .rollout, .merge, .rule: return nil
    }
  }
}

extension LedgerEntry {
  /// Whether both state the same facts; of run events, whoever wrote them and when.
  fileprivate func saysTheSame(as other: LedgerEntry) -> Bool {
    if case .runEvent(let own) = self, case .runEvent(let theirs) = other { return own.saysTheSame(as: theirs) }
    return self == other
  }
}
