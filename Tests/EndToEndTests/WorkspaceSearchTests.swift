import Foundation
import Testing

/// Which directory a command works in when none is named.
@Suite struct WorkspaceSearchTests {  // Sources/Commands/Process/WorkspaceSearch.swift
  private func made() throws -> Workspace {
    let workspace = try Workspace()
    #expect(try workspace.run(["init"]).status == 0)
    try workspace.write("notes/today/x.txt", "")
    return workspace
  }

  private func run(
    _ arguments: [String], in folder: String, of workspace: Workspace, environment: [String: String] = [:]
  ) throws -> CodexProcess {
    try CodexProcess.run(arguments, in: workspace.url.appendingPathComponent(folder), environment: environment)
  }

  @Test func workspace_isFoundUpwardsAndNamed() throws {
    let workspace = try made()
    try workspace.write("configs/training/reasoning/mine.yaml", "defaults: [baseline]\n")
    let result = try run(["reasoning-templates", "list"], in: "notes/today", of: workspace)
    #expect(result.output.contains("mine"), "\(result.output)")
    #expect(result.errors.hasPrefix("workspace: /"), "\(result.errors)")
    #expect(result.errors.hasSuffix("/\(workspace.url.lastPathComponent)\n"))
  }

  @Test func init_neverLooksUpwards() throws {
    let workspace = try made()
    #expect(try run(["init"], in: "notes", of: workspace).status == 0)
    #expect(try workspace.text("notes/AGENTS.md").isEmpty == false)
  }

  @Test func workspace_thatIsNamedIsTheOne() throws {
    let result = try run(["registry", "verify", "--workspace", "."], in: "notes", of: made())
    #expect(result.errors.isEmpty)
    #expect(result.output.contains("nothing is registered in "), "\(result.output)")
  }

  /// Files are named from where one stands, as everywhere.
  @Test func files_areNamedFromTheCurrentDirectory() throws {
    let workspace = try made()
    try workspace.write("notes/plan.txt", "goal evaluate(3,add,4){action add(3,4)->7;terminal return();}\n")
    let result = try run(["plan", "verify", "plan.txt", "--problem", "3 + 4"], in: "notes", of: workspace)
    #expect(result.status == 0, "\(result.errors)")
  }

  /// Other programs keep a folder of that name in the home directory.
  @Test func homeDirectory_isNoWorkspaceForItsFolderAlone() throws {
    let home = try Workspace()
    try home.write(".codex/config.toml", "")
    try home.write("work/x", "")
    let environment = ["HOME": home.url.path]
    let result = try run(["registry", "verify"], in: "work", of: home, environment: environment)
    #expect(result.errors.isEmpty)
    try home.write(".codex/metrics/x", "")
    #expect(
      try run(["registry", "verify"], in: "work", of: home, environment: environment).errors.hasPrefix("workspace: "))
  }

  @Test func soundOfNothing_namesWhereItLooked() throws {
    let workspace = try Workspace()
    let output = try workspace.run(["registry", "verify"]).output
    #expect(output.contains("sound: 0 bundles, 0 movements of tags; nothing is registered in /"), "\(output)")
    #expect(output.hasSuffix("/\(workspace.url.lastPathComponent)\n"), "\(output)")
  }
}
