import Testing

/// Configurations that cannot be believed: exit 78, with the place and a remedy.
@Suite struct ConfigErrorTests {
  @Test(arguments: [
    ["reasoning-templates", "compose", "baseline"], ["reasoning-templates", "explain", "baseline"],
    ["train", "--template", "baseline"], ["datasets", "materialize", "--template", "baseline"],
  ])
  func typoInAKey_isRefusedWithASuggestion(command: [String]) throws {
    let workspace = try Workspace()
    let result = try workspace.run(command + ["training.max_step=3"])
    #expect(result.status == 78)
    #expect(
      result.errors
        == """
        codex: override 1 ('training.max_step=3'): Could not override 'training.max_step'. No such setting. \
        Did you mean 'training.max_steps'? To add it, use '+training.max_step=…'.

        """)
    #expect(try workspace.run(["doctor"]).status == 0)
    #expect(workspace.files(named: "run_metadata.json", below: ".").isEmpty)
  }

  @Test func typoInAnEvaluationKey_isRefusedWithASuggestion() throws {
    let result = try TrainedWorkspace.copy().run(["evaluate", "evaluation.max_problem=3"])
    #expect(result.status == 78)
    #expect(result.errors.contains("Did you mean 'evaluation.max_problems'?"))
  }

  @Test func typoInAName_isRefusedWithASuggestion() throws {
    let result = try Workspace().run(["reasoning-templates", "show", "bseline"])
    #expect(result.status == 78)
    #expect(
      result.errors
        == "codex: no template 'bseline'. Did you mean 'baseline'? 'codex reasoning-templates list' names all.\n")
  }

  @Test(arguments: [
    ["reasoning-templates", "list"], ["reasoning-templates", "show", "broken"],
    ["reasoning-templates", "explain", "broken"], ["reasoning-templates", "compose", "broken"],
    ["reasoning-templates", "bump", "broken"], ["train", "--template", "broken"],
    ["datasets", "materialize", "--template", "broken"],
  ])
  func brokenYAML_isRefusedWithItsPlace(command: [String]) throws {
    let workspace = try Workspace()
    try workspace.write("configs/training/reasoning/broken.yaml", "a: [1,\nb: }\n")
    let result = try workspace.run(command)
    #expect(result.status == 78)
    #expect(result.errors.hasPrefix("codex: configs/training/reasoning/broken.yaml:2:"), "\(result.errors)")
  }

  @Test func brokenYAML_ofATemplateMakesItUnsound() throws {
    let workspace = try Workspace()
    try workspace.write("configs/training/reasoning/broken.yaml", "a: [1,\nb: }\n")
    let result = try workspace.run(["reasoning-templates", "validate", "broken"])
    #expect(result.status == 1)
    #expect(result.output.contains("broken: configs/training/reasoning/broken.yaml:2:"))
  }

  @Test func unknownKeyInAFile_isRefusedWithASuggestion() throws {
    let workspace = try Workspace()
    #expect(try workspace.run(["init"]).status == 0)
    let path = "configs/training/base.yaml"
    let text = try workspace.text(path)
    try workspace.write(path, text.replacing("  logging_steps:", with: "  loging_steps:"))
    let result = try workspace.run(["train", "--template", "baseline"])
    #expect(result.status == 78)
    #expect(result.errors.contains("no setting 'training.loging_steps'. Did you mean 'training.logging_steps'?"))
    #expect(workspace.files(named: "dataset_manifest.json", below: ".").isEmpty)
  }

  @Test func evaluationConfig_thatIsMissing() throws {
    let result = try TrainedWorkspace.copy().run(["evaluate", "--config", "configs/evaluation/none.yaml"])
    #expect(result.status == 78)
    #expect(result.errors.hasPrefix("codex: Cannot find primary config 'evaluation/none'."))
  }

  @Test(arguments: [("CODEX_BLAS", "/nonexistent/library.so", 78), ("CODEX_THREADS", "many", 64)])
  func environment_thatCannotBeUsed(name: String, value: String, status: Int32) throws {
    let result = try Workspace().run(["doctor"], environment: [name: value])
    #expect(result.status == status)
    #expect(result.errors.contains(value))
  }
}
