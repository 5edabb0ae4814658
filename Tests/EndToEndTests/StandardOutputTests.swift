import Foundation
import TestSupport
import Testing

/// No success without its output.
@Suite struct StandardOutputTests {
  /// A workspace in which every subcommand has something to print, and the arguments with names filled in.
  private func prepared(_ command: Subcommand) throws -> (Workspace, [String]) {
    let workspace = try TrainedWorkspace.copy()
    try workspace.write("rows.jsonl", "{\"question\":\"1 + 2\",\"answer\":3}\n")
    try workspace.write("plan.txt", "goal evaluate(3,add,4){action add(3,4)->7;terminal return();}\n")
    if command.name[0] == "datasets", ["verify", "stats"].contains(command.name[1]) {
      #expect(try workspace.run(["datasets", "import", "rows.jsonl", "--output", "datasets/mine"]).status == 0)
    }
    var arguments = command.arguments.map { $0 == "ID" ? "" : $0 }
    if command.name == ["traces", "show"] {
      let path = try #require(workspace.files(named: "traces.ndjson", below: "runs").first)
      let id = try #require(try workspace.text(path).split(separator: "\"trace_id\":\"").dropFirst().first)
      arguments = [String(id.prefix(32))]
    }
    if ["metrics", "gate", "deploy", "registry"].contains(command.name[0]) {
      #expect(try workspace.run(["evaluate", "evaluation.max_problems=2", "evaluation.modes=[greedy]"]).status == 0)
    }
    if ["deploy", "registry"].contains(command.name[0]) {
      #expect(try workspace.run(["register", "--bundle", "latest", "--tag", "reasoning/r1"]).status == 0)
    }
    if command.name == ["attestation", "verify"] {
      let fixture = try SigningFixture()
      try workspace.write("public.pem", String(decoding: fixture.pem("first", "public"), as: UTF8.self))
      let attestation = try #require(try fixture.texts("attestations").first)
      try workspace.write("gates.intoto.jsonl", String(decoding: attestation.bytes, as: UTF8.self))
    }
    // Gates ask for what ships.
    if command.name == ["gate", "declare"] {
      try FileManager.default.removeItem(at: workspace.url.appendingPathComponent("configs"))
    }
    if command.name == ["gate", "migrate"] {
      #expect(try workspace.run(["init"]).status == 0)
      let file = "configs/gates/milestones.yaml"
      let parts = try workspace.text(file).split(separator: "  identity:\n")
      let milestones = try #require(parts.last?.split(separator: "  milestones:\n").last)
      try workspace.write(file, "# @package _global_\ngates:\n  milestones:\n\(milestones)")
    }
    if command.name == ["train"] { arguments.append("training.seed=5") }
    // Of what is sound nothing is said.
    if command.name == ["config", "lint"] { try workspace.write("configs/model/mine.yaml", "hidden_size: 010\n") }
    if command.name == ["reasoning-templates", "bump"] {
      #expect(try workspace.run(["init"]).status == 0)
      let file = "configs/training/reasoning/baseline.yaml"
      try workspace.write(file, try workspace.text(file).replacing("description: ", with: "description: New "))
    }
    return (workspace, command.name + arguments)
  }

  @Test(arguments: Subcommand.printing)
  func full_isAnError(command: Subcommand) throws {
    let (workspace, arguments) = try prepared(command)
    let result = try workspace.run(arguments, output: .full)
    #expect(result.status == 74, "\(result.errors)")
    #expect(result.errors.contains("standard output: cannot write: No space left on device"), "\(result.errors)")
  }

  @Test(arguments: Subcommand.printing)
  func closed_isAnErrorAndNoFileReceivesTheOutput(command: Subcommand) throws {
    let (workspace, arguments) = try prepared(command)
    let result = try workspace.run(arguments, output: .closed)
    #expect(result.status == 74, "\(result.errors)")
    #expect(result.errors.contains("standard output: cannot write: Bad file descriptor"), "\(result.errors)")
  }

  @Test(arguments: Subcommand.printing)
  func control_aWorkingStandardOutputIsNoError(command: Subcommand) throws {
    let (workspace, arguments) = try prepared(command)
    let result = try workspace.run(arguments)
    #expect([0, 1].contains(result.status), "\(result.errors)")
    #expect(!result.output.isEmpty)
    #expect(!result.output.contains("\u{1B}"), "colours only on a terminal")
    #expect(!result.errors.contains("\u{1B}"))
  }

  @Test func help_onAFullDevice() throws {
    #expect(try Workspace().run(["--help"], output: .full).status == 74)
  }

  @Test func reader_thatGoesAwayIsNoReasonForAMessage() throws {
    let workspace = try Workspace()
    try workspace.write(
      "run.sh",
      "set -o pipefail; \"$1\" reasoning-templates compose baseline 2>err | true; echo ${PIPESTATUS[0]} >status")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.currentDirectoryURL = workspace.url
    process.arguments = ["run.sh", CodexProcess.binary]
    try process.run()
    process.waitUntilExit()
    // The reader may also be quick enough to take everything that was written.
    #expect(["74\n", "0\n"].contains(try workspace.text("status")))
    #expect(try workspace.text("err").isEmpty)
  }
}
