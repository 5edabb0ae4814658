import Foundation
import Testing

/// Bytes that are not what was written: exit 65, naming the file.
@Suite struct CorruptionTests {
  @Test func control_theUntouchedWorkspaceIsSound() throws {
    let workspace = try TrainedWorkspace.copy()
    #expect(try workspace.run(["evaluate", "evaluation.max_problems=5", "evaluation.modes=[greedy]"]).status == 0)
    #expect([0, 1].contains(try workspace.run(["plan", "3 + 4"]).status))
    #expect(try workspace.run(["traces", "validate"]).status == 0)
    #expect(try workspace.run(["datasets", "verify", try workspace.dataset()]).status == 0)
  }

  @Test func dataset_isRefused() throws {
    let workspace = try TrainedWorkspace.copy()
    let directory = try workspace.dataset()
    try workspace.corrupt(directory + "/test.ndjson")
    for command in [["datasets", "stats", directory], ["evaluate"]] {
      let result = try workspace.run(command)
      #expect(result.status == 65, "\(command): \(result.errors)")
      #expect(result.errors.contains("test.ndjson"))
    }
    let verdict = try workspace.run(["datasets", "verify", directory])
    #expect(verdict.status == 1)
    #expect(verdict.output.contains("altered"))
  }

  @Test func datasetManifest_isRefused() throws {
    let workspace = try TrainedWorkspace.copy()
    let directory = try workspace.dataset()
    try workspace.write(directory + "/dataset_manifest.json", "{\"schema\":")
    #expect(try workspace.run(["datasets", "verify", directory]).status == 65)
    #expect(try workspace.run(["datasets", "stats", directory]).status == 65)
  }

  @Test(arguments: ["model.safetensors", "config.json", "tokenizer.json", "optimizer.safetensors", "state.json"])
  func checkpoint_isRefused(file: String) throws {
    let workspace = try TrainedWorkspace.copy()
    for path in workspace.files(named: file, below: "runs") { try workspace.corrupt(path) }
    for command in [["plan", "3 + 4"], ["evaluate"]] {
      let result = try workspace.run(command)
      #expect(result.status == 65, "\(command): \(result.errors)")
      // Where the flipped bit falls into a digest that state.json lists, the file of that digest is the one that disagrees.
      #expect(result.errors.contains(file == "state.json" ? "checkpoints/step-" : file), "\(result.errors)")
      #expect(result.output.isEmpty)
    }
  }

  @Test(arguments: [("run_metadata.json", ["evaluate"]), ("config.yaml", ["plan", "3 + 4"])])
  func runFiles_areRefused(file: String, command: [String]) throws {
    let workspace = try TrainedWorkspace.copy()
    let path = try #require(workspace.files(named: file, below: "runs").first)
    let text = try workspace.text(path)
    let changed = text.replacing(#/("weights_digest":"sha256:)(.)/#) { $0.1 + ($0.2 == "0" ? "1" : "0") }
      .replacing("per_device_train_batch_size: 64", with: "per_device_train_batch_size: 65")
    #expect(changed != text)
    try workspace.write(path, changed)
    let result = try workspace.run(command)
    #expect(result.status == 65, "\(result.errors)")
  }

  @Test func ledger_withATornTailIsRefused() throws {
    let workspace = try TrainedWorkspace.copy()
    let path = try #require(workspace.files(named: "traces.ndjson", below: "runs").first)
    try workspace.write(path, String(try workspace.text(path).dropLast(10)))
    for command in [["traces", "list"], ["traces", "validate"], ["traces", "show", "a"]] {
      let result = try workspace.run(command)
      #expect(result.status == 65, "\(command): \(result.errors)")
      #expect(result.errors.contains("torn last line"))
    }
  }

  @Test func ledger_withAForgedPlanIsNotValid() throws {
    let workspace = try TrainedWorkspace.copy()
    let path = try #require(workspace.files(named: "traces.ndjson", below: "runs").first)
    try workspace.write(path, try workspace.text(path).replacing("\"abstained\"", with: "\"verified\""))
    let result = try workspace.run(["traces", "validate"])
    #expect(result.status == 1)
    #expect(result.output.contains("a verified trace has none"))
  }

  @Test func importedRows_thatCannotBeVerifiedAreAllNamed() throws {
    let workspace = try Workspace()
    try workspace.write("rows.jsonl", "{\"question\":\"1 + 2\",\"answer\":4}\n{\n")
    let result = try workspace.run(["datasets", "import", "rows.jsonl", "--output", "datasets/mine"])
    #expect(result.status == 65)
    #expect(result.errors.contains("line 1: expected the answer 3, got '4'"))
    #expect(result.errors.contains("line 2: "))
    #expect(workspace.files(named: "dataset_manifest.json", below: ".").isEmpty)
  }
}

extension Workspace {
  /// The directory of the only dataset.
  func dataset() throws -> String {
    let manifest = try #require(files(named: "dataset_manifest.json", below: "datasets").first)
    return String(manifest.dropLast("/dataset_manifest.json".count))
  }
}
