import ArgumentParser
import Composition
import Storage

/// `codex config lint`
struct ConfigLintCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Check configs, and the codex command lines in Markdown pages; exit 1 when something is found.",
    discussion: Example.text(
      "codex config lint", "codex config lint docs README.md",
      "codex config lint --config-dir conf --config-name config")
        + """
        \n
        Found are plain scalars that readers of YAML disagree about (yes, no, on, off, 12:30, 017, 1_000), duplicate keys, \
        settings that no feature reads or that their reader refuses, and command lines that codex does not understand.
        """)

  @Argument(
    help: ArgumentHelp(
      "YAML files, Markdown pages, or directories of them. Default: the workspace's configs/.", valueName: "path"),
    completion: .file())
  var paths: [String] = []

  @OptionGroup var choice: ConfigTree
  @OptionGroup var tableOptions: TableOptions
  @OptionGroup var global: GlobalOptions
  var table: TableOptions? { tableOptions }

  func validate() throws {
    if choice.configDir != nil && !paths.isEmpty { throw ValidationError("Give either paths or --config-dir.") }
  }

  func run(in session: Session) throws -> ExitReason {
    let findings = try LintTask(paths: paths, tree: choice, in: session).findings().sorted()
    if session.wantsJSON {
      try session.output.json("codex.lint/1", .array(findings.map(\.json)))
    } else {
      for finding in findings { try session.output.sentence("\(finding.text)") }
    }
    return findings.isEmpty ? .yes : .no
  }
}
