/// Inference cannot reach a solver: the model does the thinking.
///
/// Of `Worlds`, the modules on the inference path may name what `permittedTypes` lists and nothing else, nor any member
/// through which a permitted type hands out another. Inside `Worlds`, the files that teach (solve, generate, label) are
/// named only by each other and by the files in `teachersFriends`, so that no permitted type solves behind its face.
struct SolverIsolationRule {
  /// Modules that take part in answering a problem.
  static let inference: Set<String> = ["Search", "Reasoner", "Planning", "Serving", "Deployment"]
  /// What a world shows to inference: statement, signature, feasibility, verifier, and the style of its plans.
  static let permittedTypes: Set<String> = ["World", "WorldKind", "Problem", "WorldError", "SolutionStyle"]
  static let teachingSuffixes = ["Solver.swift", "Teacher.swift", "Generator.swift", "Exercise.swift", "Detour.swift"]
  /// `WorldKind` hands the teacher to those who may ask.
  static let teachersFriends = ["WorldKind.swift"]

  /// Top-level types of `Worlds` that inference may not name.
  let hiddenTypes: Set<String>
  /// Members of `Worlds` whose result is a hidden type.
  let revealingMembers: Set<String>
  private let teachingTypes: Set<String>

  /// - Parameter worlds: The sources of `Worlds`.
  init(worlds: [SourceFile]) {
    let hidden = Set(worlds.flatMap(Self.topLevelTypes(in:))).subtracting(Self.permittedTypes)
    hiddenTypes = hidden
    teachingTypes = Set(worlds.filter(Self.teaches).flatMap(Self.topLevelTypes(in:)))
    revealingMembers = Set(worlds.flatMap { Self.revealingMembers(in: $0, hidden: hidden) })
  }

  /// Hidden names in a source of the inference path.
  func findings(in file: SourceFile) -> [Finding] {
    guard let module = file.module, Self.inference.contains(module) else { return [] }
    return CodeWord.all(in: file).filter { word in
      let name = String(word.text)
      return hiddenTypes.contains(name) && !word.isDeclared || revealingMembers.contains(name) && word.isMember
    }.map { Finding(file.path, line: $0.line, "'\($0.text)' of Worlds is out of reach of inference (\(module))") }
  }

  /// Teaching names in a source of `Worlds` that shows itself to inference.
  func findings(inWorlds file: SourceFile) -> [Finding] {
    guard !Self.teaches(file), !Self.teachersFriends.contains(where: file.name.hasSuffix) else { return [] }
    return CodeWord.all(in: file).filter { teachingTypes.contains(String($0.text)) }.map {
      Finding(file.path, line: $0.line, "'\($0.text)' solves or teaches; only \(Self.teachersFriends) may call it")
    }
  }

  private static func teaches(_ file: SourceFile) -> Bool { teachingSuffixes.contains(where: file.name.hasSuffix) }

  private static func topLevelTypes(in file: SourceFile) -> [String] {
    file.codeLines.filter { !$0.split(separator: " ").contains("extension") }.compactMap(host(in:))
  }

  /// The type that a line at the left margin declares or extends.
  private static func host(in line: Substring) -> String? {
    let kinds: Set<Substring> = ["struct", "enum", "class", "actor", "protocol", "typealias", "extension"]
    guard line.first?.isLetter == true || line.first == "@" else { return nil }
    let words = line.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
    guard let kind = words.firstIndex(where: kinds.contains), kind + 1 < words.count else { return nil }
    return String(words[kind + 1])
  }

  /// Members of types that are not hidden themselves, extensions included, whose result names a hidden one.
  private static func revealingMembers(in file: SourceFile, hidden: Set<String>) -> [String] {
    var isHidden = false
    return file.codeLines.compactMap { line in
      if let host = host(in: line) { isHidden = hidden.contains(host) }
      return isHidden ? nil : member(in: line, yielding: hidden)
    }
  }

  /// The name of the member that a line declares for other modules, if its result names one of `types`.
  private static func member(in line: Substring, yielding types: Set<String>) -> String? {
    let words = line.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
    guard words.first == "public" || words.first == "package",
      let keyword = words.firstIndex(where: { ["var", "let", "func"].contains($0) }), keyword + 1 < words.count
    else { return nil }
    let separator = words[keyword] == "func" ? "->" : ":"
    guard let result = line.split(separator: separator, maxSplits: 1).dropFirst().first else { return nil }
    let named = result.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init)
    return types.isDisjoint(with: named) ? nil : String(words[keyword + 1])
  }
}
