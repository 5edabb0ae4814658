import Foundation
import Testing

/// Names, problems and plans from somebody who means harm.
@Suite struct HostileInputTests {
  static let paths = [
    "../../etc", "runs/../../x", "runs//x", "a/./b", "\u{1B}[31mred", "x\u{0}y", "-x/y", "/etc/passwd",
  ]

  @Test(arguments: paths)
  func run_staysInsideTheWorkspace(path: String) throws {
    let result = try Workspace().run(["evaluate", "--run=\(path)"])
    #expect([64, 66].contains(result.status), "\(result.errors)")
    #expect(!result.errors.contains("\u{1B}"))
    #expect(result.errors.hasPrefix("codex: "))
  }

  @Test(arguments: paths.filter { !$0.contains("\0") })
  func files_areRefusedWithoutATrap(path: String) throws {
    for command in [
      ["datasets", "stats"], ["datasets", "verify"], ["plan", "verify", "--problem", "3 + 4"],
      ["datasets", "import", "--output", "x"],
    ] {
      let result = try Workspace().run(command + ["--", path])
      #expect([64, 65, 66].contains(result.status), "\(command) \(path): \(result.status) \(result.errors)")
      #expect(!result.errors.contains("\u{1B}"))
    }
  }

  @Test func linksInRuns_areNotFollowedOutOfTheWorkspace() throws {
    let workspace = try Workspace()
    try workspace.write("runs/train_loop/note", "")
    let link = workspace.url.appendingPathComponent("runs/train_loop/latest").path
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "../../../..")
    let result = try workspace.run(["evaluate"])
    #expect(result.status == 66)
    #expect(result.errors.contains("no acceptable path"))
  }

  @Test(arguments: [
    "", "(", "1 +", "((((((((((((((((1", "9999999999999999999999 + 1", "1 / 0", "reach", "reach 1 from", "evaluate(",
    "evaluate(1,add,2){terminal return();}", "\u{1B}[2J", String(repeating: "(", count: 10_000),
  ])
  func problems_areRefusedWithoutATrap(problem: String) throws {
    let result = try Workspace().run(["plan", "verify", "plan.txt", "--problem", problem])
    #expect(result.status == 65, "\(result.errors)")
    #expect(!result.errors.contains("\u{1B}"))
  }

  @Test(arguments: [
    "", "goal", "goal evaluate(3,add,4)", "goal evaluate(3,add,4){terminal", "\u{0}\u{1B}",
    "goal evaluate(3,add,4){}extra",
    String(repeating: "{", count: 100_000),
  ])
  func plans_areRefusedWithoutATrap(plan: String) throws {
    let workspace = try Workspace()
    let result = try workspace.run(["plan", "verify", "-", "--problem", "3 + 4"], input: plan)
    #expect(result.status == 65, "\(result.errors)")
    #expect(!result.errors.contains("\u{1B}"))
  }
}
