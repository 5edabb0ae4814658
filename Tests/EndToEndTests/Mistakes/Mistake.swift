import Testing

/// A line that somebody typed by mistake, and what codex says: the right cause, and what to do.
struct Mistake: Sendable, CustomTestStringConvertible {
  /// As in a shell, the program's name left out.
  let line: String
  let status: Int32
  /// Standard error, without the program's name, and the usage lines of the argument parser.
  let message: String

  init(_ line: String, _ status: Int32, _ message: String) {
    (self.line, self.status, self.message) = (line, status, message)
  }

  var testDescription: String { line }
}
