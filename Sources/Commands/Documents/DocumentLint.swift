import Composition

/// Checks the codex command lines of a Markdown page: their options, and the settings that their overrides name.
package struct DocumentLint {
  private let session: Session

  package init(_ session: Session) { self.session = session }

  /// What is wrong on a page, with its one-based lines.
  package func problems(in text: String) -> [(line: Int, message: String)] {
    let page = MarkdownPage(text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline))
    let inline = CommandLines.inlineInvocations(of: "codex", in: page)
      .filter { !CommandLineTool.namesCommand($0.arguments) }
    return (CommandLines.invocations(of: "codex", in: page) + inline).compactMap { invocation in
      problem(in: invocation.arguments).map {
        (invocation.line, "'codex \(invocation.arguments.joined(separator: " "))': \($0)")
      }
    }
  }

  /// Why `arguments` are no command line of codex, or compose nothing; nil if all is well. Runs nothing.
  package func problem(in arguments: [String]) -> String? {
    if let error = CommandLineTool.usageError(in: arguments) {
      return error.split(separator: "\n").first.map { $0.hasPrefix("codex: ") ? String($0.dropFirst(7)) : String($0) }
    }
    // A word in capitals stands for what the reader puts there.
    guard !arguments.contains(where: Self.isPlaceholder) else { return nil }
    do {
      guard let verb = try CodexCommand.parseAsRoot(arguments) as? any ComposingVerb else { return nil }
      _ = try verb.request(in: session)?.resolved()
      return nil
    } catch let error as ConfigError {
      return error.description
    } catch {
      return nil  // such as a directory that exists where the page is followed
    }
  }

  private static func isPlaceholder(_ word: String) -> Bool {
    word.contains(where: \.isLetter) && word.allSatisfy { $0.isUppercase || $0.isNumber || "_-=.".contains($0) }
  }
}
