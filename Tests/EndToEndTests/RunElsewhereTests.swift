import Foundation
import Testing

/// A run that `training.output_dir` put elsewhere is found by its id by every command; `latest` stays what it is.
@Suite struct RunElsewhereTests {
  @Test func run_isFoundByItsID() throws {
    let workspace = try TrainedWorkspace.copy()
    let trained = try workspace.run(["train", "--template", "baseline", "training.output_dir=runs/wide/er"])
    #expect(trained.status == 0, "\(trained.errors)")
    let path = try #require(workspace.files(named: "run_metadata.json", below: "runs/wide").first)
    let id = try #require(path.split(separator: "/").dropLast().last.map(String.init))
    let standard = try FileManager.default.destinationOfSymbolicLink(
      atPath: workspace.url.appendingPathComponent("runs/train_loop/latest").path)
    #expect(standard != id)

    for arguments in [
      ["evaluate", "--run", id, "evaluation.max_problems=2", "evaluation.modes=[greedy]"],
      ["traces", "list", "--run", id], ["traces", "validate", "--run", id], ["metrics", "verify"],
      ["metrics", "summarize", "--metric", "reasoning.accuracy"], ["train", "--resume", id],
      ["register", "--bundle", id, "--tag", "reasoning/wide"],
    ] {
      let result = try workspace.run(arguments)
      #expect(result.status == 0, "\(arguments): \(result.errors)")
    }
    let plan = try workspace.run(["plan", "3 + 4", "--run", id])
    #expect([0, 1].contains(plan.status), "\(plan.errors)")
    // Judged, not "no such run": nobody measured enough.
    let gate = try workspace.run(["gate", "--milestone", "M0", "--run", id])
    #expect(gate.status == 1, "\(gate.errors)")
    #expect((gate.output + gate.errors).contains(id))
    // Without a name, it is the run updated last that plans, wherever it is.
    let unnamed = try workspace.run(["plan", "3 + 4", "--render", "json"])
    #expect(unnamed.output.contains(id), "\(unnamed.output)")
    let evaluated = try workspace.run(["evaluate", "evaluation.max_problems=2", "evaluation.modes=[greedy]"])
    #expect(evaluated.status == 0)
    #expect(workspace.names(endingIn: "evaluations", below: "runs/train_loop").count >= 1)
  }

  /// The same id in two directories is nobody's guess; its path is one.
  @Test func idOfTwoRuns_isRefused() throws {
    let workspace = try TrainedWorkspace.copy()
    let latest = workspace.url.appendingPathComponent("runs/train_loop/latest").path
    let id = try FileManager.default.destinationOfSymbolicLink(atPath: latest)
    try FileManager.default.createDirectory(
      at: workspace.url.appendingPathComponent("runs/copy"), withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      at: workspace.url.appendingPathComponent("runs/train_loop/\(id)"),
      to: workspace.url.appendingPathComponent("runs/copy/\(id)"))
    let refused = try workspace.run(["traces", "list", "--run", id])
    #expect(refused.status == 64)
    #expect(refused.errors.contains("runs/copy/\(id), runs/train_loop/\(id)"), "\(refused.errors)")
    #expect(try workspace.run(["traces", "list", "--run", "runs/copy/\(id)"]).status == 0)
  }
}
