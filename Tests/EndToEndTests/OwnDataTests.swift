import Foundation
import Testing

/// A run over problems that a user brought, from weights that are there: it is trained, evaluated, traced and judged like any.
@Suite struct OwnDataTests {
  @Test func importedProblems_areTrainedOnFromAnotherRunsWeights() throws {
    let workspace = try TrainedWorkspace.copy()
    let rows = (11...99).flatMap { a in (1...4).map { "{\"question\":\"\(a) - \($0)\",\"answer\":\(a - $0)}\n" } }
    try workspace.write("own.jsonl", rows.joined())
    let imported = try workspace.run(["datasets", "import", "own.jsonl", "--output", "datasets/own"])
    try #require(imported.status == 0, "\(imported.errors)")
    let first = try FileManager.default.destinationOfSymbolicLink(
      atPath: workspace.url.appendingPathComponent("runs/train_loop/latest").path)
    let trained = try workspace.run(
      ["train", "--template", "baseline"] + TrainedWorkspace.overrides + [
        "dataset.path=datasets/own", "training.init_from=\(first)", "training.output_dir=runs/own", "--json",
      ])
    #expect(trained.status == 0, "\(trained.errors)")
    #expect(trained.output.contains(#""dataset":"datasets/own""#), "\(trained.output)")
    #expect(trained.output.contains(#""init_from":{"checkpoint":"runs/train_loop/\#(first)/checkpoints/"#))
    for arguments in [
      ["evaluate", "--run", "runs/own/latest", "evaluation.max_problems=2", "evaluation.modes=[greedy]"],
      ["traces", "list", "--run", "runs/own/latest"], ["metrics", "verify"],
    ] {
      let result = try workspace.run(arguments)
      #expect(result.status == 0, "\(arguments): \(result.errors)")
    }
    // A run that begins elsewhere, with other problems, is no run of the template.
    let gate = try workspace.run(["gate", "--milestone", "M0", "--run", "runs/own/latest"])
    #expect(gate.status == 1, "\(gate.errors)")
  }

  @Test(arguments: [
    ("dataset.path=datasets/none", 66, "no dataset is there"), ("dataset.path=/etc", 78, "a path in the workspace"),
    ("training.init_from=none", 66, "no such run"), ("training.init_from=latest", 78, "'latest' changes"),
    ("training.signal=rl", 78, "sft"),
  ])
  func whatIsNotThere_isNamed(override: String, status: Int32, message: String) throws {
    let workspace = try TrainedWorkspace.copy()
    let result = try workspace.run(["train", "--template", "baseline"] + TrainedWorkspace.overrides + [override])
    #expect(result.status == status && result.errors.contains(message), "\(result.status) \(result.errors)")
  }
}
