/// The path and text of one file: all that a rule sees, so that a test can show it a file that does not exist.
struct SourceFile {
  /// Relative to the repository's root, e.g. `Sources/Plans/PlanNode.swift`.
  let path: String
  let text: String

  init(_ path: String, _ text: String) {
    self.path = path
    self.text = text
  }

  /// `Plans` for `Sources/Plans/PlanNode.swift`; `nil` outside `Sources/`.
  var module: String? {
    let parts = path.split(separator: "/")
    return parts.count > 2 && parts[0] == "Sources" ? String(parts[1]) : nil
  }

  /// The file's name without folders.
  var name: String { String(path.split(separator: "/").last ?? "") }

  var isSwift: Bool { path.hasSuffix(".swift") }
  var isC: Bool { path.hasSuffix(".c") || path.hasSuffix(".h") }
  var isMarkdown: Bool { path.hasSuffix(".md") }

  /// The text, line by line; a trailing newline opens no further line.
  var lines: [Substring] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  /// The lines of code: comments and the contents of string literals are blank, every other character is in its place.
  var codeLines: [Substring] { SourceFile(path, CodeMask.code(of: text)).lines }
}
