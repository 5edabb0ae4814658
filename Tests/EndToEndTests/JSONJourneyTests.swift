import Commands
import Foundation
import Storage
import Testing

/// A script that reads nothing but JSON, and so finds its way from an empty directory to a gate.
@Suite struct JSONJourneyTests {
  @Test func script_goesFromInitToAGate() throws {
    let workspace = try Workspace()
    let made = try #require(try workspace.run(["init", "--json"]).json()["data"])
    #expect(try #require(made.rows).contains { $0["path"] == .string("AGENTS.md") && $0["state"] == .string("new") })
    try workspace.write("configs/gates/milestones.yaml", OpenGates.coverage(threshold: 0))

    // What is missing is said by what asks for it, and how to get it.
    let gate = ["gate", "--milestone", "M0", "--json"]
    let evaluation = ["evaluation.max_problems=5", "evaluation.modes=[greedy]", "--json"]
    let toEvaluate = try next(of: workspace.run(gate))
    let toTrain = try next(of: workspace.run(toEvaluate + evaluation))
    #expect(toEvaluate == ["evaluate"] && toTrain == ["train", "--template", "baseline"])
    let run = try #require(try workspace.run(toTrain + TrainedWorkspace.overrides + ["--json"]).json()["data"])
    #expect(run["status"] == .string("completed"))
    #expect(try workspace.run(toEvaluate + evaluation).json()["schema"] == .string("codex.evaluation/1"))

    let verdict = try workspace.run(gate)
    let data = try #require(try verdict.json()["data"])
    #expect(data["milestone"] == .string("M0") && data["run_id"] == run["run_id"])
    #expect(data["passed"] == .bool(verdict.status == 0), "\(verdict.output)")
    #expect(verdict.status == 0, "\(verdict.output)\(verdict.errors)")
  }

  private func next(of result: CodexProcess) throws -> [String] {
    let error = try result.jsonError(code: 66)
    guard case .string(let line)? = error["next"] else { return [] }
    return Array(try #require(ShellWords.commands(in: line).first).dropFirst())
  }

  // MARK: AGENTS.md

  @Test func agentsPage_namesEveryCommandAndExitCode() throws {
    let workspace = try Workspace()
    #expect(try workspace.run(["init"]).status == 0)
    let page = try workspace.text("AGENTS.md")
    for command in Subcommand.all {
      let row = try #require(page.split(separator: "\n").first { $0.hasPrefix("| `codex \(command.testDescription)`") })
      // `codex plan` has its own word for it, too.
      let isMarked = row.hasSuffix("| `--json` |")
      #expect(isMarked == command.printsTable || command.name == ["plan", "make"], "\(row)")
    }
    for (codes, meaning) in ExitReason.meanings { #expect(page.contains("| \(codes) | \(meaning) |")) }
    // Its command lines are some; `config lint` looks at Markdown pages.
    #expect(try workspace.run(["config", "lint", "AGENTS.md"]).output.isEmpty)
  }

  @Test func agentsPage_ofSomebodyElseStays() throws {
    let workspace = try Workspace()
    try workspace.write("AGENTS.md", "mine\n")
    let result = try workspace.run(["init", "--force", "--json"])
    #expect(try workspace.text("AGENTS.md") == "mine\n")
    let rows = try #require(try result.json()["data"]?.rows)
    #expect(rows.contains { $0["path"] == .string("AGENTS.md") && $0["state"] == .string("kept") })
    #expect(result.errors.isEmpty)
  }

  /// The exit codes of the page are those of the reference.
  @Test func exitCodes_areThoseOfTheReference() throws {
    let reference = try String(
      contentsOf: DistBinary.repository.appendingPathComponent("docs/reference/commands.md"), encoding: .utf8)
    for (codes, meaning) in ExitReason.meanings {
      #expect(reference.contains("| \(codes) | \(meaning) |\n"), "\(codes)")
    }
  }
}

extension JSONValue {
  fileprivate var rows: [JSONValue]? {
    guard case .array(let rows) = self else { return nil }
    return rows
  }
}
