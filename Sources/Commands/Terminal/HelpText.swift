/// Help texts of the argument parser, in which command lines stay what they are.
enum HelpText {
  /// A space that the argument parser does not wrap at.
  private static let hardSpace: Character = "\u{A0}"

  /// `commandLine`, indented, and so written that wrapping leaves it on one line.
  static func whole(_ commandLine: String) -> String {
    String(("  " + commandLine).map { $0 == " " ? hardSpace : $0 })
  }

  /// The text as it is printed.
  ///
  /// - Parameter columns: Of the terminal: command lines that are longer go on in the next line, as the shell reads it. nil
  ///   leaves them whole.
  static func fitted(_ text: String, columns: Int?) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let isCommand = line.first == hardSpace
      let line = String(line.map { $0 == hardSpace ? " " : $0 })
      guard let columns, line.count > columns, isCommand || line.hasPrefix("USAGE: ") else { return line }
      return wrapped(line, to: columns, mark: isCommand ? " \\" : "")
    }.joined(separator: "\n")
  }

  /// - Parameter mark: What ends a line that goes on.
  private static func wrapped(_ line: String, to columns: Int, mark: String) -> String {
    var lines = [String(line.prefix { $0 == " " })]
    for word in line.split(separator: " ") {
      let last = lines[lines.count - 1]
      let isFirst = last.allSatisfy { $0 == " " }
      if isFirst || last.count + 1 + word.count + mark.count <= columns {
        lines[lines.count - 1] += (isFirst ? "" : " ") + word
      } else {
        lines.append("      " + word)
      }
    }
    return lines.joined(separator: mark + "\n")
  }
}
