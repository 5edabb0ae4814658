import Testing

/// What is to be read is not there: exit 66, naming it.
@Suite struct MissingInputTests {
  // One makes the workspace, one reads nothing but its words.
  @Test(arguments: Subcommand.all.filter { ![["init"], ["config", "parse"]].contains($0.name) })
  func missingWorkspace(command: Subcommand) throws {
    let result = try Workspace().run(command.name + command.arguments + ["--workspace", "nowhere"])
    #expect(result.status == 66, "\(result.errors)")
    #expect(result.errors.hasPrefix("codex: "), "\(result.errors)")
  }

  @Test(arguments: [
    (["plan", "verify", "none.txt", "--problem", "3 + 4"], "none.txt"),
    (["datasets", "verify", "none"], "none"),
    (["datasets", "stats", "none"], "none"),
    (["datasets", "import", "none.jsonl", "--output", "out"], "none.jsonl"),
    (["traces", "list", "--ledger", "none.ndjson"], "none.ndjson"),
    (["traces", "list"], "runs/train_loop/latest"),
    (["traces", "show", "a", "--run", "none"], "runs/train_loop/none"),
    (["evaluate"], "runs/train_loop/latest"),
    (["evaluate", "--run", "runs/other/none"], "runs/other/none"),
    (["gate", "--milestone", "M0"], ".codex/metrics"),
    (["plan", "3 + 4"], "runs (world arithmetic)"),
    (["plan", "3 + 4", "--run", "none"], "runs/train_loop/none"),
    (["train", "--resume", "none"], "runs/train_loop/none"),
    (["train", "--resume", "latest"], "runs/train_loop/latest"),
  ])
  func missingFile_isNamed(arguments: [String], name: String) throws {
    let result = try Workspace().run(arguments)
    #expect(result.status == 66, "\(result.errors)")
    #expect(result.errors.contains(name), "\(result.errors)")
    #expect(result.output.isEmpty)
  }

  @Test func missingRun_ofAWorldNamesATemplateThatTrainsIt() throws {
    let result = try Workspace().run(["plan", "reach 449 from 5 12 37"])
    #expect(
      result.errors
        == """
        codex: runs (world countdown): no such run. Train one with 'codex train --template countdown', or \
        name another run.

        """)
  }

  @Test func missingRun_namesTheRemedy() throws {
    let result = try Workspace().run(["evaluate"])
    #expect(
      result.errors
        == """
        codex: runs/train_loop/latest: no such run. Train one with 'codex train --template baseline', or name \
        another run.

        """)
  }
}
