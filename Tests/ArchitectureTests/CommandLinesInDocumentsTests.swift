import Commands
import Testing

/// Every command line in README, docs and module pages is one that this build of codex understands.
@Suite struct CommandLinesInDocumentsTests {
  @Test func documents_showCommandLinesThatParse() throws {
    let rule = CommandLinesRule(usageError: CommandLineTool.usageError(in:))
    let findings = try Repository.documents.flatMap(rule.findings(in:))
    #expect(findings == [])
  }

  @Test func control_aFlagThatDoesNotExistIsFound() {
    let rule = CommandLinesRule(usageError: CommandLineTool.usageError(in:))
    #expect(rule.findings(in: SourceFile("README.md", "`codex train --template a --fast`")).count == 1)
  }
}
