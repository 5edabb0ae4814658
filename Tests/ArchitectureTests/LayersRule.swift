/// Imports point downward, and external packages stay where the table names them.
struct LayersRule {
  let table: ModuleTable

  /// Rows that break the table's own order.
  func findings() -> [Finding] {
    table.rows.flatMap { row in
      row.imports.sorted().compactMap { name -> Finding? in
        guard let imported = table.row(name) else {
          return Finding("Package.swift", "\(row.name) imports \(name), which has no row")
        }
        if imported.layer < row.layer { return nil }
        if imported.layer == row.layer && table.arrowsInsideLayers.contains(.init(row.name, name)) { return nil }
        return Finding(
          "Package.swift",
          "\(row.name) (layer \(row.layer)) imports \(name) (layer \(imported.layer)); imports point downward")
      }
        + row.external.sorted().filter { table.externalHomes[$0]?.contains(row.name) != true }.map {
          let homes = (table.externalHomes[$0] ?? []).sorted().joined(separator: " and ")
          return Finding("Package.swift", "\(row.name) imports \($0); only \(homes.isEmpty ? "no module" : homes) may")
        }
    }
  }

  /// Rows that Package.swift and the table do not share.
  ///
  /// - Parameter built: Modules with sources; the table may hold the place of one that has none.
  func findings(in manifest: PackageManifest, built: [String]) -> [Finding] {
    let declared = manifest.declarations
    let unknown = declared.filter { table.row($0.name) == nil }.map {
      Finding("Package.swift", "\($0.name) has no row in Tests/ArchitectureTests/ModuleTable.swift")
    }
    let missing = table.rows.map(\.name).filter { name in
      // CKernels is C: its target stands outside the module table.
      name != "CKernels" && built.contains(name) && !declared.contains { $0.name == name }
    }.map { Finding("Package.swift", "the table's \($0) is not declared") }
    let different = declared.compactMap { declaration -> Finding? in
      guard let row = table.row(declaration.name) else { return nil }
      let difference = row.imports.union(row.external).symmetricDifference(
        declaration.imports.union(declaration.external))
      return difference.isEmpty
        ? nil
        : Finding("Package.swift", "\(row.name): the table disagrees on \(difference.sorted().joined(separator: ", "))")
    }
    return unknown + missing + different
  }

  /// `import` lines of one source that the table does not allow.
  func findings(in file: SourceFile) -> [Finding] {
    guard file.isSwift, let module = file.module else { return [] }
    guard let row = table.row(module) else {
      return [Finding(file.path, "\(module) has no row in Tests/ArchitectureTests/ModuleTable.swift")]
    }
    let allowed = row.imports.union(row.external).union(table.systemModules)
    return Self.imports(in: file).filter { !allowed.contains($0.name) && !(row.layer == 4 && $0.name == "Foundation") }
      .map { Finding(file.path, line: $0.line, "\(module) may not import \($0.name); see docs/modules.md") }
  }

  /// Imports of the table that no source of their module needs: a map with roads that are not there.
  func findings(unusedBy sources: [SourceFile]) -> [Finding] {
    let bySource = Dictionary(grouping: sources.filter { $0.isSwift && $0.module != nil }) { $0.module ?? "" }
    return table.rows.flatMap { row -> [Finding] in
      guard let files = bySource[row.name] else { return [] }
      let used = Set(files.flatMap { Self.imports(in: $0).map(\.name) })
      return row.imports.union(row.external).subtracting(used).sorted().map {
        Finding("Package.swift", "\(row.name) declares the import \($0), which no source of it has; take it out")
      }
    }
  }

  /// The top-level module of each `import` line, whatever its attributes and access level.
  static func imports(in file: SourceFile) -> [(name: String, line: Int)] {
    let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
    return file.codeLines.enumerated().compactMap { number, line in
      let words = line.split { $0 == " " || $0 == ";" }
      guard let keyword = words.firstIndex(of: "import"), keyword + 1 < words.count,
        words[..<keyword].allSatisfy({ $0.hasPrefix("@") || ["public", "package", "internal", "private"].contains($0) })
      else { return nil }
      let next = kinds.contains(words[keyword + 1]) ? keyword + 2 : keyword + 1
      guard next < words.count else { return nil }
      return (String(words[next].prefix { $0 != "." }), number + 1)
    }
  }
}
