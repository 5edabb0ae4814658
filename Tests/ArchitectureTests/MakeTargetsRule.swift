import Commands

/// A page names only targets that the Makefile has.
struct MakeTargetsRule {
  let targets: Set<String>

  /// - Parameter makefile: The Makefile's text.
  init(makefile: String) {
    targets = Set(
      makefile.split(separator: "\n").compactMap { line in
        guard let colon = line.firstIndex(of: ":"), line.first?.isLetter == true, !line[colon...].hasPrefix(":=") else {
          return nil
        }
        return String(line[..<colon])
      })
  }

  func findings(in file: SourceFile) -> [Finding] {
    let page = MarkdownPage(file.lines)
    let typed = CommandLines.invocations(of: "make", in: page).map { ($0.arguments, $0.line) }
    let cited = page.inlineCode.filter { $0.text.hasPrefix("make ") }.map { span in
      (span.text.split(separator: " ").dropFirst().map(String.init), span.line)
    }
    return (typed + cited).flatMap { arguments, line in
      arguments.filter { !$0.hasPrefix("-") && !$0.contains("=") && !targets.contains($0) }.map {
        Finding(file.path, line: line, "'make \($0)': the Makefile has no such target")
      }
    }
  }
}
