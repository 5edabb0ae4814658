import Glibc
import Storage

/// Standard output: data only. Buffers, checks every write, and is flushed before the process may claim success.
package final class Output {
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private static let capacity = 1 << 16
  let isTerminal: Bool
  package var inColour: Bool
  private let columnCount: () -> Int?

  /// - Parameter columns: Of the terminal now; nil where it does not say.
  package init(descriptor: Int32, isTerminal: Bool, inColour: Bool, columns: (() -> Int?)? = nil) {
    self.descriptor = descriptor
    self.isTerminal = isTerminal
    self.inColour = inColour
    columnCount = columns ?? { TerminalSize.columns(of: descriptor) }
  }

  /// Columns that a line may take without being wrapped; nil where lines have no end, as in a pipe.
  package var columns: Int? { isTerminal ? columnCount() : nil }

  /// Forgets what was not yet handed to the operating system.
  package func discard() { buffer.removeAll() }

  /// Writes one line. On a terminal, control characters in it are escaped.
  ///
  /// - Throws: `OutputError`, here and in the other members.
  package func line(_ text: StyledText = "") throws {
    try append((text.rendered(onTerminal: isTerminal, inColour: inColour) + "\n").utf8)
  }

  /// Writes a sentence, on as many lines as a terminal needs for it.
  package func sentence(_ text: StyledText) throws {
    for part in columns.map({ text.wrapped(to: $0, breaksWords: false) }) ?? [text] { try line(part) }
  }

  /// Writes lines of plain text, as from a renderer that ends them itself.
  package func text(_ text: String) throws {
    try append((isTerminal ? ControlCharacters.escaped(text) : text).utf8)
  }

  /// Writes `value` in its envelope, canonical and on one line.
  package func json(_ schema: String, _ value: JSONValue) throws {
    let bytes = try CanonicalJSON.write(.object(["schema": .string(schema), "data": value]))
    try text(String(decoding: bytes, as: UTF8.self) + "\n")
  }

  private func append(_ bytes: some Sequence<UInt8>) throws {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.capacity { try flush() }
  }

  /// Hands everything to the operating system.
  package func flush() throws {
    var written = 0
    defer { buffer.removeAll(keepingCapacity: true) }
    while written < buffer.count {
      let count = buffer.withUnsafeBytes { bytes in
        // SAFETY: `written` < `bytes.count`, so the range lies within the buffer.
        write(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
      }
      if count > 0 {
        written += count
      } else if count == 0 || errno != EINTR {
        throw OutputError(code: count == 0 ? EIO : errno)
      }
    }
  }

  /// Flushes and closes: some file systems report a failed write only then.
  package func finish() throws {
    try flush()
    if close(descriptor) != 0, errno != EINTR, errno != EBADF { throw OutputError(code: errno) }
  }
}

/// Standard output did not take what was written.
package struct OutputError: Error, CustomStringConvertible {
  /// The errno.
  let code: Int32

  /// The reader went away, as `head` does: no reason for a message.
  var isClosedPipe: Bool { code == EPIPE }

  package var description: String {
    "standard output: cannot write: \(String(cString: strerror(code))). Its content is incomplete; direct it elsewhere."
  }
}
