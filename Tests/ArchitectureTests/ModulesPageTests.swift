import Testing

@Suite struct ModulesPageTests {
  @Test func page_tellsTheTablesImports() throws {
    let page = try Repository.file("docs/modules.md")
    let built = try Repository.sourceFolders(in: "Sources")
    let findings = ModulesPageRule(table: .codex).findings(in: page, built: built)
    #expect(findings == [])
  }

  @Test func control_missingAndWrongRowsAreFound() {
    let page = SourceFile(
      "docs/modules.md",
      """
      | module | contract | imports |
      |---|---|---|
      | `Plans` | plans | — |
      | `Search` | searches | Plans, Worlds |
      | `Extra` | more | — |
      """)
    let findings = ModulesPageRule(table: .codex).findings(in: page, built: ["Plans", "Search", "Worlds"])
    #expect(
      findings.map(\.message) == [
        "Worlds has no row: name, contract, imports", "Search: imports differ by [\"Randomness\", \"Worlds\"]",
        "Extra is not in the module table",
      ])
  }
}
