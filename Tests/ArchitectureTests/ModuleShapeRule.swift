/// Every module introduces itself, and every folder of tests belongs to a module.
struct ModuleShapeRule {
  static let readmeLimit = 15
  /// Its one file says all there is to say.
  static let executable = "codex"
  /// Folders of `Tests` that mirror no module.
  static let otherTests: Set<String> = [
    "TestSupport", "TestSupportTests", "ArchitectureTests", "EndToEndTests", "LedgerWriter",
  ]

  /// - Parameters:
  ///   - module: Its name.
  ///   - readme: The text of its README.md, `nil` if it has none.
  static func findings(module: String, readme: String?) -> [Finding] {
    let path = "Sources/\(module)/README.md"
    guard let readme else {
      if module == executable { return [] }
      return [Finding(path, "missing: state the contract, what it refuses to know, where to start")]
    }
    let count = SourceFile(path, readme).lines.count
    return count > readmeLimit ? [Finding(path, "\(count) lines; at most \(readmeLimit)")] : []
  }

  /// - Parameters:
  ///   - testFolders: Names of the folders in `Tests`.
  ///   - modules: Names of the folders in `Sources`.
  static func findings(testFolders: [String], modules: [String]) -> [Finding] {
    testFolders.filter { folder in
      !otherTests.contains(folder) && !(folder.hasSuffix("Tests") && modules.contains(String(folder.dropLast(5))))
    }.map { Finding("Tests/\($0)", "mirrors no module of Sources; expected <Module>Tests") }
  }
}
