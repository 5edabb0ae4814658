import Foundation
import Testing

/// From an empty directory to a judged plan.
@Suite struct PipelineTests {
  @Test(arguments: ["latest", "runs/train_loop/latest", "./runs/train_loop/latest", "runs/train_loop/latest/"])
  func run_isNamedAsShellsCompleteIt(text: String) throws {
    let result = try TrainedWorkspace.copy().run(["traces", "list", "--run", text])
    #expect(result.status == 0, "\(result.errors)")
  }

  @Test func emptyDirectory_trainsEvaluatesPlansAndReadsTraces() throws {
    let workspace = try TrainedWorkspace.copy()
    let evaluated = try workspace.run(["evaluate", "evaluation.max_problems=10", "evaluation.modes=[greedy,uniform]"])
    #expect(evaluated.status == 0, "\(evaluated.errors)")
    #expect(evaluated.output.contains(" of 10 problems of 'test' solved "))
    let planned = try workspace.run(["plan", "3 + 4", "--mode", "best-first", "--budget", "200"])
    #expect([0, 1].contains(planned.status))
    let listed = try workspace.run(["traces", "list", "--phase", "evaluate", "--limit", "0"])
    #expect(listed.output.split(separator: "\n").count == 1 + 20)
    #expect(try workspace.run(["traces", "validate"]).status == 0)
  }

  @Test func releasedPlan_isSoundForTheVerifyingCommand() throws {
    let workspace = try TrainedWorkspace.copy()
    // Additions of single digits: some are solved even by a model that has hardly learnt anything.
    for problem in (1...9).map({ "\($0) + 1" }) {
      let plan = try workspace.run(["plan", problem, "--mode", "best-first", "--budget", "500", "--render", "text"])
      guard plan.status == 0 else {
        #expect(plan.status == 1 && plan.output.isEmpty && plan.errors.hasPrefix("abstained"))
        continue
      }
      let verdict = try workspace.run(["plan", "verify", "-", "--problem", problem], input: plan.output)
      #expect(verdict.status == 0 && verdict.output == "sound\n")
    }
  }

  @Test func planVerify_locatesFindings() throws {
    let workspace = try Workspace()
    try workspace.write("plan.txt", "goal evaluate(3,add,4){action add(3,4)->8;terminal return();}")
    let result = try workspace.run(["plan", "verify", "plan.txt", "--problem", "3 + 4"])
    #expect(result.status == 1)
    #expect(
      result.output == """
        node  rule         finding
        /0    wrong_value  3 + 4: expected 7, got 8

        """)
  }

  @Test func secondTraining_ofTheSameConfigurationIsRefused() throws {
    let result = try TrainedWorkspace.copy().run(["train", "--template", "baseline"] + TrainedWorkspace.overrides)
    #expect(result.status == 73)
    #expect(result.errors.contains("this run exists"))
  }

  @Test func winRate_isAgainstANamedRun() throws {
    let workspace = try TrainedWorkspace.copy()
    let command = ["evaluate", "evaluation.max_problems=10", "evaluation.modes=[greedy]"]
    #expect(try workspace.run(command + ["--reference", "latest"]).status == 66, "not evaluated yet")
    #expect(try workspace.run(command).status == 0)
    let compared = try workspace.run(command + ["--reference", "latest"])
    #expect(compared.status == 0, "\(compared.errors)")
    #expect(compared.output.contains("0.500 [0.346, 0.654]"), "ten ties are no certainty")
  }

  @Test func init_writesConfigsAndKeepsChangedOnes() throws {
    let workspace = try Workspace()
    #expect(try workspace.run(["init"]).status == 0)
    #expect(try workspace.run(["reasoning-templates", "list"]).output.contains("workspace"))
    try workspace.write("configs/model/nano.yaml", "hidden_size: 1\n")
    try FileManager.default.removeItem(at: workspace.url.appendingPathComponent("configs/model/micro.yaml"))
    let second = try workspace.run(["init"])
    #expect(second.status == 0)
    #expect(second.errors.contains("1 changed file was kept; 'codex init --force' replaces it"))
    #expect(try workspace.text("configs/model/nano.yaml") == "hidden_size: 1\n")
    #expect(try workspace.text("configs/model/micro.yaml").contains("num_hidden_layers"))
    #expect(try workspace.run(["init", "--force"]).output.contains("replaced"))
    #expect(try workspace.text("configs/model/nano.yaml").contains("num_hidden_layers"))
  }

  @Test func templates_changedWithoutABumpAreNotSound() throws {
    let workspace = try Workspace()
    #expect(try workspace.run(["init"]).status == 0)
    #expect(try workspace.run(["reasoning-templates", "validate"]).status == 0)
    let file = "configs/training/base.yaml"
    try workspace.write(file, try workspace.text(file).replacing("seed: 0", with: "seed: 1"))
    let unsound = try workspace.run(["reasoning-templates", "validate", "baseline"])
    #expect(unsound.status == 1)
    #expect(unsound.output.contains("changed without a bump"))
    #expect(try workspace.run(["reasoning-templates", "bump", "baseline"]).status == 0)
    #expect(try workspace.run(["reasoning-templates", "validate", "baseline"]).status == 0)
  }
}
