import Testing

@Suite struct CommandLinesRuleTests {
  private let rule = CommandLinesRule { arguments in
    ["doctor", "plan"].contains(arguments.first) ? nil : "unknown '\(arguments.first ?? "")'\nSee --help."
  }

  @Test func control_unknownCommandIsFound() {
    let page = SourceFile("README.md", "`codex gone` and `codex doctor`\n```sh\ncodex plan 1\ncodex lost --x\n```\n")
    #expect(
      rule.findings(in: page) == [
        Finding("README.md", line: 4, "'codex lost --x' does not parse: unknown 'lost'"),
        Finding("README.md", line: 1, "'codex gone' does not parse: unknown 'gone'"),
      ])
  }

  @Test(arguments: ["`codex`", "`codex gone …`", "`codex gone [X]`", "`mycodex gone`", "codex gone"])
  func textThatIsNoCommandLine_isNotFound(line: String) {
    #expect(rule.findings(in: SourceFile("README.md", line)) == [])
  }
}
