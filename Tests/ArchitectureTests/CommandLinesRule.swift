import Commands

/// Every codex command line that a page shows is one that codex understands.
///
/// Judged are fenced blocks, as `CommandLines` reads them, and inline code that begins with `codex ` and shows no
/// alternatives or omissions (`…`, `[`, `<`, `|`). Inline code may also name a command without its arguments.
struct CommandLinesRule {
  /// Why the arguments are no command line, `nil` if they are one. Must run nothing.
  let usageError: ([String]) -> String?
  /// Whether the words are the name of a command.
  var namesCommand: ([String]) -> Bool = { _ in false }

  func findings(in file: SourceFile) -> [Finding] {
    let page = MarkdownPage(file.lines)
    let inline = CommandLines.inlineInvocations(of: "codex", in: page).filter { !namesCommand($0.arguments) }
    return (CommandLines.invocations(of: "codex", in: page) + inline).compactMap { invocation in
      usageError(invocation.arguments).map {
        let reason = $0.split(separator: "\n").first ?? ""
        let words = invocation.arguments.joined(separator: " ")
        return Finding(file.path, line: invocation.line, "'codex \(words)' does not parse: \(reason)")
      }
    }
  }
}
