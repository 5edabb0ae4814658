import Testing

@Suite struct ModuleShapeTests {
  @Test func modules_haveShortReadmes() throws {
    let findings = try Repository.sourceFolders(in: "Sources").flatMap { module in
      ModuleShapeRule.findings(module: module, readme: try? Repository.file("Sources/\(module)/README.md").text)
    }
    #expect(findings == [])
  }

  @Test func tests_mirrorModules() throws {
    let folders = try Repository.sourceFolders(in: "Tests")
    #expect(folders.contains("ArchitectureTests"))
    #expect(ModuleShapeRule.findings(testFolders: folders, modules: try Repository.sourceFolders(in: "Sources")) == [])
  }

  @Test func control_missingOrLongReadmeIsFound() {
    #expect(ModuleShapeRule.findings(module: "Plans", readme: nil).count == 1)
    #expect(ModuleShapeRule.findings(module: "codex", readme: nil) == [])
    #expect(ModuleShapeRule.findings(module: "Plans", readme: String(repeating: "a\n", count: 16)).count == 1)
    #expect(ModuleShapeRule.findings(module: "Plans", readme: String(repeating: "a\n", count: 15)) == [])
  }

  @Test func control_strayTestFolderIsFound() {
    let findings = ModuleShapeRule.findings(
      testFolders: ["PlansTests", "PlanTests", "Plans", "TestSupport"], modules: ["Plans"])
    #expect(findings.map(\.path) == ["Tests/PlanTests", "Tests/Plans"])
  }
}
