/// Help texts of the argument parser, in which command lines stay what they are.
enum HelpText {
  /// A space that the argument parser does not wrap at.
  private static let hardSpace: Character = "\u{A0}"

  /// `commandLine` so written that wrapping leaves it on one line.
  static func whole(_ commandLine: String) -> String { String(commandLine.map { $0 == " " ? hardSpace : $0 }) }

  /// The text as it is printed.
  ///
  /// - Parameter columns: Of the terminal: command lines that are longer go on in the next line, as the shell reads it. nil
  ///   leaves them whole.
  static func fitted(_ text: String, columns: Int?) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let words = line.split(separator: hardSpace, omittingEmptySubsequences: false)
      guard words.count > 1, let columns, line.count > columns else { return words.joined(separator: " ") }
      var lines = [String(words[0])]
      for word in words.dropFirst() {
        let length = lines[lines.count - 1].count + 1 + word.count
        // Room for the mark of a line that goes on.
        if length + 2 <= columns { lines[lines.count - 1] += " " + word } else { lines.append("      " + word) }
      }
      return lines.joined(separator: " \\\n")
    }.joined(separator: "\n")
  }
}
