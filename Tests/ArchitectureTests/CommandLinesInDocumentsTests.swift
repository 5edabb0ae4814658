import Commands
import Testing

/// Every command line in README, docs and module pages is one that this build of codex understands.
@Suite struct CommandLinesInDocumentsTests {
  private let rule = CommandLinesRule(
    usageError: CommandLineTool.usageError(in:), namesCommand: CommandLineTool.namesCommand)

  @Test func documents_showCommandLinesThatParse() throws {
    let findings = try Repository.documents.flatMap(rule.findings(in:))
    #expect(findings == [])
  }

  @Test func control_aFlagThatDoesNotExistIsFound() {
    for line in ["`codex train --template a --fast`", "`codex traces gone`", "```\ncodex traces show\n```"] {
      #expect(rule.findings(in: SourceFile("README.md", line)).count == 1, "\(line)")
    }
    #expect(rule.findings(in: SourceFile("README.md", "`codex traces show`")) == [])
  }
}
