import Glibc
import Storage

/// Standard error: what is said to a person. Failures to write are ignored, for there is nobody left to tell.
package final class Talk {
  package enum Level: Int, Comparable, Sendable {
    case quiet, normal, verbose

    package static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
  }

  private let descriptor: Int32
  package let isTerminal: Bool
  package var inColour: Bool
  package var level = Level.normal
  /// Whether warnings are lines of JSON, as errors are, whatever else is silent.
  package var warnsInJSON = false
  private let columnCount: () -> Int?
  /// Columns of a line that can be overwritten and stands at the cursor.
  private var transientWidth = 0

  /// - Parameter columns: Of the terminal now; nil where it does not say.
  package init(
    descriptor: Int32, isTerminal: Bool, inColour: Bool, columns: (() -> Int?)? = nil
  ) {
    self.descriptor = descriptor
    self.isTerminal = isTerminal
    self.inColour = inColour
    columnCount = columns ?? { TerminalSize.columns(of: descriptor) }
  }

  /// Columns that a line may take without being wrapped: asked for at each use, since windows change.
  package var columns: Int { max(1, (columnCount() ?? 80) - 1) }

  /// A line that `--quiet` silences.
  package func say(_ text: StyledText) { if level >= .normal { sentences(text) } }

  /// A line for `--verbose`.
  package func detail(_ text: StyledText) { if level >= .verbose { sentences(StyledText(text.plain, .dim)) } }

  /// Something the person should know although the command goes on; silenced by `--quiet`.
  package func warn(_ text: String) {
    guard warnsInJSON else { return say(StyledText("codex: warning: ", .yellow) + StyledText(text)) }
    let warning: JSONObject = ["message": .string(text), "schema": .string("codex.warning/1")]
    guard let bytes = try? CanonicalJSON.write(.object(warning)) else { return }
    line(StyledText(String(decoding: bytes, as: UTF8.self)))
  }

  /// Why the command ends; never silenced.
  package func fail(_ text: String) { sentences(StyledText("codex: ", .red) + StyledText(text)) }

  /// The same as one line of JSON.
  package func fail(_ failure: Failure) { line(StyledText(failure.json)) }

  /// The argument parser's words about a command line that it cannot read.
  package func usage(_ text: String) { sentences(StyledText(text)) }

  /// Replaces the last transient line; for terminals only. What does not fit is left out: a wrapped line cannot be replaced.
  package func transient(_ text: StyledText) {
    guard level >= .normal else { return }
    let columns = columns
    let text = text.prefix(columns)
    transientWidth = min(transientWidth, columns)
    let padding = String(repeating: " ", count: max(0, transientWidth - text.width))
    send("\r" + rendered(text) + padding)
    transientWidth = text.width
  }

  /// Clears the transient line.
  package func clearTransient() {
    guard transientWidth > 0 else { return }
    send("\r" + String(repeating: " ", count: min(transientWidth, columns)) + "\r")
    transientWidth = 0
  }

  private func line(_ text: StyledText) {
    clearTransient()
    send(rendered(text) + "\n")
  }

  /// Sentences go on in further lines of a terminal, at spaces; lines that are indented show something, and stay.
  private func sentences(_ text: StyledText) {
    guard isTerminal else { return line(text) }
    for part in text.lines {
      if part.plain.hasPrefix("  ") { line(part) } else { part.wrapped(to: columns, breaksWords: false).forEach(line) }
    }
  }

  private func rendered(_ text: StyledText) -> String { text.rendered(onTerminal: isTerminal, inColour: inColour) }

  private func send(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 { rest = rest.dropFirst(count) } else if count == 0 || errno != EINTR { return }
    }
  }
}
