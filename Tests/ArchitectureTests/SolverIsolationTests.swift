import Testing

@Suite struct SolverIsolationTests {
  private static let worlds = [
    SourceFile(
      "Sources/Worlds/Teacher.swift",
      "public protocol Teacher {\n  func exercise() -> Exercise\n}\npublic struct Level {}"),
    SourceFile("Sources/Worlds/Exercise.swift", "public struct Exercise {\n  package let levels: [Level]\n}"),
    SourceFile("Sources/Worlds/Maze/MazeText.swift", "extension Problem {\n  package func text() -> Maze? { nil }\n}"),
    SourceFile("Sources/Worlds/Maze/MazeSolver.swift", "package enum MazeSolver {\n  static func solve() {}\n}"),
    SourceFile("Sources/Worlds/World.swift", "public protocol World {}"),
    SourceFile("Sources/Worlds/Problem.swift", "public struct Problem {\n  package var maze: Maze { Maze() }\n}"),
    SourceFile("Sources/Worlds/Maze/Maze.swift", "package struct Maze {\n  struct Wall {}\n}"),
    SourceFile(
      "Sources/Worlds/WorldKind.swift", "public enum WorldKind {\n  public var teacher: any Teacher { T() }\n}"),
  ]
  private let rule = SolverIsolationRule(worlds: worlds)

  @Test func inference_namesNoSolver() throws {
    let worlds = try Repository.sources.filter { $0.module == "Worlds" }
    let rule = SolverIsolationRule(worlds: worlds)
    #expect(rule.hiddenTypes.isSuperset(of: ["Teacher", "Exercise", "ArithmeticSolver", "CountdownSolver"]))
    #expect(rule.revealingMembers.contains("teacher"))
    let findings = try Repository.sources.flatMap(rule.findings(in:)) + worlds.flatMap(rule.findings(inWorlds:))
    #expect(findings == [])
  }

  @Test func names_areReadFromTheSources() {
    #expect(rule.hiddenTypes == ["Teacher", "Level", "Exercise", "MazeSolver", "Maze"])
    #expect(rule.revealingMembers == ["teacher", "maze", "text"])
  }

  @Test(arguments: [
    "MazeSolver.solve()", "let t: any Teacher", "kind.teacher.exercise()", "problem.maze", "func f() -> Exercise?",
  ])
  func control_hiddenNameOnTheInferencePathIsFound(line: String) {
    for module in ["Search", "Reasoner", "Planning"] {
      #expect(!rule.findings(in: SourceFile("Sources/\(module)/A.swift", line)).isEmpty)
    }
    #expect(rule.findings(in: SourceFile("Sources/Datasets/A.swift", line)) == [])
  }

  @Test(arguments: ["kind.world", "let teacher = 1", "problem.goal", "// MazeSolver", "Wall()"])
  func permittedName_isNotFound(line: String) {
    #expect(rule.findings(in: SourceFile("Sources/Search/A.swift", line)) == [])
  }

  @Test func control_worldThatSolvesBehindItsFaceIsFound() {
    let text = "public struct MazeFeasibility {\n  let path = MazeSolver.solve()\n}"
    #expect(rule.findings(inWorlds: SourceFile("Sources/Worlds/Maze/MazeFeasibility.swift", text)).map(\.line) == [2])
    #expect(rule.findings(inWorlds: SourceFile("Sources/Worlds/Maze/MazeVerifier.swift", text)).map(\.line) == [2])
  }
}
