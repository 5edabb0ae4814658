import Schemas

/// Everything in a ledger, strictly read.
public struct LedgerContents: Sendable {
  /// One line of the ledger.
  public struct Line: Sendable, Equatable {
    /// The line's number and digest.
    public let head: LedgerHead
    public let entry: LedgerEntry

    public init(head: LedgerHead, entry: LedgerEntry) {
      self.head = head
      self.entry = entry
    }
  }

  /// In the order written.
  public let lines: [Line]

  public init(lines: [Line]) { self.lines = lines }

  /// The last line; nil for an empty ledger.
  public var head: LedgerHead? { lines.last?.head }
}
