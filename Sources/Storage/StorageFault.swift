/// What is wrong with bytes or a record, for code that decides by it; `StorageError.description` says it to people.
public enum StorageFault {
  /// How bytes break their format.
  public enum Form: Sendable, Equatable {
    /// Any other departure from the format.
    case syntax
    /// The last line has no newline: its writer was stopped.
    case tornTail
    case oversizedLine
    case duplicateKey
    /// A number that neither 64 bits nor a double hold.
    case numberRange
    /// The right record in another spelling: it would have a second digest.
    case notCanonical
    /// A line of a chained log with other members than those of a line.
    case envelope
    /// A line of a chained log whose content is not that of its digest.
    case alteredLine
    /// A line of a chained log that does not follow the one before it.
    case brokenChain
  }

  /// How a record's key does not fit.
  public enum Field: Sendable, Equatable {
    /// The value has another type, or lies out of range.
    case value
    case missing
    case unknown
    /// The record is of another schema, or of another version of it.
    case schema
  }
}
