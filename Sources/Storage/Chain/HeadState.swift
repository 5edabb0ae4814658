import Schemas

/// What a chained log and the head file beside it say about each other.
public enum HeadState: Sendable, Equatable {
  /// No head is promised: the log is older than the rule, or keeps none.
  case noRule
  /// The log reaches the line that its head file names; nil before its first line. Lines may follow.
  case pinned(LedgerHead?)
  /// The two contradict each other: where the log ends cannot be known.
  case lost(HeadLoss)

  /// How they contradict each other, if they do.
  public var loss: HeadLoss? {
    if case .lost(let loss) = self { loss } else { nil }
  }
}

/// How a chained log and its head file contradict each other.
public enum HeadLoss: Sendable, Equatable {
  /// A line of the log promises a head file, and there is none.
  case missing
  /// The log ends before the line that its head file names.
  case cut(LedgerHead)
  /// The head file cannot be read, or names another line than the log has there.
  case altered(expected: String, got: String)
}

extension HeadLoss {
  /// What is wrong with the log called `name`, and what to do.
  public func message(log name: String) -> String {
    "\(fact(log: name)). Restore \(name) and \(name).head together from a copy, or move both away and begin anew; nothing "
      + "is appended until then."
  }

  private func fact(log name: String) -> String {
    switch self {
    case .missing: "\(name).head: expected the head file that a line of \(name) promises, got none"
    case .cut(let head):
      "\(name): expected line \(head.sequence + 1) with \(head.digest), which \(name).head names, got an earlier end: lines "
        + "were cut off"
    case .altered(let expected, let got): "\(name).head: expected \(expected), got \(got)"
    }
  }
}
