import Testing

@Suite struct ForbiddenTextTests {
  @Test func repository_holdsNoForbiddenText() throws {
    let others = try Repository.files(
      in: ["Package.swift", "Makefile", ".ci", ".swift-format", "scripts", "configs"],
      suffixes: ["Package.swift", "Makefile", "run", ".sh", ".yaml", ".swift-format"])
    let files = try Repository.sources + Repository.tests + Repository.documents + others
    #expect(files.flatMap(ForbiddenTextRule.findings(in:)) == [])
  }

  @Test(arguments: [
    "// TO" + "DO: later", "# FIX" + "ME", "XX" + "X", "let path = \"/ho" + "me/me/x\"", "cd /wo" + "rk/x",
    "(/tmp" + "/x)", "/ro" + "ot/.cache",
  ])
  func control_forbiddenTextIsFound(line: String) {
    #expect(ForbiddenTextRule.findings(in: SourceFile("docs/a.md", "fine\n" + line)).map(\.line) == [2])
  }

  @Test(arguments: ["todo", "HACKED", "docs/wo" + "rk/a", "https://example.org/ho" + "me/", "$HOME/wo" + "rk/x"])
  func otherText_isNotFound(line: String) {
    #expect(ForbiddenTextRule.findings(in: SourceFile("docs/a.md", line)) == [])
  }
}
