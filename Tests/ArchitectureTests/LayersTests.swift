import Testing

@Suite struct LayersTests {
  private let rule = LayersRule(table: .codex)

  @Test func table_pointsDownward() {
    #expect(rule.findings() == [])
  }

  @Test func table_equalsPackageManifest() throws {
    let manifest = PackageManifest(try Repository.file("Package.swift").text)
    #expect(manifest.declarations.count >= 12)
    let findings = rule.findings(in: manifest, built: try Repository.sourceFolders(in: "Sources"))
    #expect(findings == [])
  }

  @Test func sources_importOnlyWhatTheirRowAllows() throws {
    let findings = try Repository.sources.flatMap(rule.findings(in:))
    #expect(findings == [])
  }

  @Test func table_hasNoArrowThatTheSourcesLack() throws {
    #expect(try rule.findings(unusedBy: Repository.sources) == [])
  }

  @Test func control_importThatNoSourceHasIsFound() {
    let sources = [
      SourceFile("Sources/Search/A.swift", "import Plans\n"),
      SourceFile("Sources/Search/B.swift", "// import Randomness\nimport Plans\n"),
    ]
    #expect(
      rule.findings(unusedBy: sources).map(\.message) == [
        "Search declares the import Randomness, which no source of it has; take it out"
      ])
    let used = sources + [SourceFile("Sources/Search/C.swift", "import Randomness")]
    #expect(rule.findings(unusedBy: used) == [])
  }

  @Test func control_upwardImportIsFound() {
    let table = ModuleTable(
      rows: [
        .init(name: "Low", layer: 0, imports: ["High", "Gone"], external: ["Yams"]),
        .init(name: "High", layer: 1, imports: []),
      ], arrowsInsideLayers: [], externalHomes: ["Yams": ["High"]], systemModules: [])
    #expect(
      LayersRule(table: table).findings().map(\.message) == [
        "Low imports Gone, which has no row",
        "Low (layer 0) imports High (layer 1); imports point downward",
        "Low imports Yams; only High may",
      ])
  }

  @Test func control_siblingImportNeedsAnArrow() {
    let rows = [
      ModuleTable.Row(name: "A", layer: 0, imports: ["B"]), ModuleTable.Row(name: "B", layer: 0, imports: []),
    ]
    let without = ModuleTable(rows: rows, arrowsInsideLayers: [], externalHomes: [:], systemModules: [])
    let with = ModuleTable(rows: rows, arrowsInsideLayers: [.init("A", "B")], externalHomes: [:], systemModules: [])
    #expect(LayersRule(table: without).findings().count == 1)
    #expect(LayersRule(table: with).findings() == [])
  }

  @Test func control_manifestThatDiffersIsFound() {
    let manifest = PackageManifest(
      """
      let yams = Target.Dependency.product(name: "Yams", package: "Yams")
      let modules: [Module] = [
        Module(name: "Search", imports: ["Plans", "Randomness", "Worlds"]),
        Module(
          name: "Extra",
          imports: [yams], testImports: ["Plans"]),
      ]
      """)
    #expect(
      manifest.declarations == [
        .init(name: "Search", imports: ["Plans", "Randomness", "Worlds"], external: []),
        .init(name: "Extra", imports: [], external: ["Yams"]),
      ])
    let messages = rule.findings(in: manifest, built: ["Worlds"]).map(\.message)
    #expect(messages.contains("Extra has no row in Tests/ArchitectureTests/ModuleTable.swift"))
    #expect(messages.filter { $0.hasSuffix("is not declared") } == ["the table's Worlds is not declared"])
    #expect(messages.contains("Search: the table disagrees on Worlds"))
  }

  @Test(arguments: [
    "import Worlds", "@testable import Worlds", "internal import struct Worlds.Problem", "import Foundation",
    "#if true\n  import Yams\n#endif", "@_exported import Reasoner",
  ])
  func control_forbiddenImportIsFound(line: String) {
    #expect(rule.findings(in: SourceFile("Sources/Search/A.swift", line)).count == 1)
  }

  @Test(arguments: ["import Plans", "// import Worlds", "let text = \"import Worlds\"", "let x = important"])
  func imports_allowedOrNoImport_isNotFound(line: String) {
    #expect(rule.findings(in: SourceFile("Sources/Search/A.swift", line)) == [])
  }

  @Test func control_moduleWithoutRowIsFound() {
    #expect(rule.findings(in: SourceFile("Sources/Common/A.swift", "")).count == 1)
  }
}
