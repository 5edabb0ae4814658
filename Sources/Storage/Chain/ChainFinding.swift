/// What is wrong with one line of a chained log.
public struct ChainFinding: Sendable, Equatable {
  /// From 1; one more than the lines there are, if the log ends too early.
  public let line: Int
  /// Where the line starts, in bytes from the start of the file.
  public let offset: Int
  /// File, line, what was expected and what was found.
  public let message: String

  public init(line: Int, offset: Int, message: String) {
    self.line = line
    self.offset = offset
    self.message = message
  }
}
