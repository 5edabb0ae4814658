/// The command lines of a page's fenced blocks, as a shell would hand them to the program.
///
/// In a block whose language is a shell, or none, every line counts unless the block has a prompt (`$ `): then the lines
/// behind prompts do, and the rest is output. Blocks of other languages count only behind prompts.
package enum CommandLines {
  /// One invocation: what follows the program's name.
  package struct Invocation: Equatable {
    package let arguments: [String]
    /// One-based line in the page.
    package let line: Int

    package init(arguments: [String], line: Int) {
      self.arguments = arguments
      self.line = line
    }
  }

  /// Every invocation of `program`, by name or by a path that ends in it.
  package static func invocations(of program: String, in page: MarkdownPage) -> [Invocation] {
    page.fences.flatMap { fence in
      shellLines(of: fence).flatMap { line, number in
        ShellWords.commands(in: line).filter { $0[0] == program || $0[0].hasSuffix("/" + program) }.map {
          Invocation(arguments: Array($0.dropFirst()), line: number)
        }
      }
    }
  }

  /// Invocations in inline code that begins with `program` and shows no alternatives or omissions (`…`, `[`, `<`, `|`).
  package static func inlineInvocations(of program: String, in page: MarkdownPage) -> [Invocation] {
    page.inlineCode.filter { span in
      span.text.hasPrefix(program + " ") && !span.text.contains { "…[<|".contains($0) }
    }.flatMap { span in
      ShellWords.commands(in: span.text).map { .init(arguments: Array($0.dropFirst()), line: span.line) }
    }
  }

  private static let shells: Set<String> = ["", "sh", "bash", "zsh", "shell", "console"]

  /// Lines typed by a person, continuation lines joined.
  private static func shellLines(of fence: MarkdownPage.Fence) -> [(String, Int)] {
    let hasPrompts = fence.lines.contains { $0.hasPrefix("$ ") }
    guard hasPrompts || shells.contains(fence.language) else { return [] }
    var typed: [(String, Int)] = []
    var continues = false
    for (offset, line) in fence.lines.enumerated() {
      let isTyped = continues || !hasPrompts || line.hasPrefix("$ ")
      guard isTyped else { continue }
      var text = hasPrompts && !continues ? String(line.dropFirst(2)) : line
      let joins = continues
      continues = text.hasSuffix("\\")
      if continues { text.removeLast() }
      if joins { typed[typed.count - 1].0 += text } else { typed.append((text, fence.line + offset)) }
    }
    return typed
  }
}
