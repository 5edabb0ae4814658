import Testing

@Suite struct CitedPathsTests {
  private let rule = CitedPathsRule(
    exists: { ["docs/a.md", "docs/b/c.md", "Sources/Plans", "Sources/Plans/Syntax/PlanParser.swift"].contains($0) },
    existsSomewhere: { ["PlanParser.swift", "README.md"].contains($0) })

  @Test func documents_citeExistingPaths() throws {
    let names = Set(
      try Repository.files(
        in: ["Package.swift", "Sources", "Tests", "docs", "scripts", "README.md", "CHANGELOG.md", "CONTRIBUTING.md"],
        suffixes: CitedPathsRule.sourceSuffixes
      ).map(\.name))
    let rule = CitedPathsRule(exists: Repository.exists, existsSomewhere: names.contains)
    let pages = try Repository.documents
    #expect(pages.contains { $0.path == "README.md" })
    let findings = (pages + (try Repository.sources)).flatMap(rule.findings(in:))
    #expect(findings == [])
  }

  @Test(arguments: [
    "[a](docs/gone.md)", "![p](docs/gone.svg)", "see `docs/gone.md`", "`Sources/Gone/`", "`Gone.swift`",
    "[`x`](b/gone.md#part)", "`configs/gone.yaml`",
  ])
  func control_missingPathIsFound(line: String) {
    #expect(rule.findings(in: SourceFile("README.md", "\n" + line)).map(\.line) == [2])
  }

  @Test(arguments: [
    "[a](docs/a.md#part)", "[a](#part)", "[a](https://example.org/x.md)", "`docs/a.md`", "`Sources/Plans/`",
    "`PlanParser.swift`", "`metrics.ndjson`", "`runs/train_loop/latest`", "`Sources/<Module>`", "`docs/*.md`", "`a/b`",
    "```\n`docs/gone.md`\n```", "an odd ` tick docs/gone.md",
  ])
  func existingOrNoPath_isNotFound(line: String) {
    #expect(rule.findings(in: SourceFile("README.md", line)) == [])
  }

  @Test func paths_areReadFromThePagesFolder() {
    #expect(rule.findings(in: SourceFile("docs/b/c.md", "[up](../a.md) [self](c.md)")) == [])
    #expect(rule.findings(in: SourceFile("Sources/Plans/README.md", "`Syntax/PlanParser.swift`")) == [])
    #expect(rule.findings(in: SourceFile("docs/b/c.md", "[up](a.md)")).count == 1)
  }

  @Test func control_sourceCommentCitingAMissingPageIsFound() {
    let text = "// see docs/a.md.\n// see (docs/gone.md)\n"
    #expect(rule.findings(in: SourceFile("Sources/Plans/A.swift", text)).map(\.line) == [2])
  }
}
