import Foundation
import Testing

/// Problems go by the name of the preset that makes them, and a dataset's directory holds nothing but the dataset.
@Suite struct DatasetNameTests {
  private func imported() throws -> Workspace {
    let workspace = try Workspace()
    let rows = (1...40).map { "{\"question\":\"\($0) + 2\",\"answer\":\"\($0 + 2)\",\"metadata\":{}}\n" }.joined()
    try workspace.write("own.jsonl", rows)
    let result = try workspace.run(["datasets", "import", "own.jsonl", "--output", "datasets/own"])
    try #require(result.status == 0, "\(result.errors)")
    return workspace
  }

  @Test(arguments: [
    ["train", "--template", "baseline"] + TrainedWorkspace.overrides,
    ["datasets", "materialize", "--preset", "reasoning/baseline"],
  ])
  func presetThatOnlyTheCommandLineNames_isRefused(arguments: [String]) throws {
    let workspace = try imported()
    let result = try workspace.run(arguments + ["dataset.preset=own"])
    #expect(result.status == 64 && result.errors.contains("'own' is no preset"), "\(result.errors)")
    #expect(try workspace.run(["datasets", "verify", "datasets/own"]).status == 0)
    #expect(!FileManager.default.fileExists(atPath: workspace.url.appendingPathComponent("runs").path))
    let mistyped = try workspace.run(arguments + ["dataset.preset=reasoning/baselin"])
    #expect(
      mistyped.status == 64 && mistyped.errors.contains("Did you mean 'reasoning/baseline'?"), "\(mistyped.errors)")
  }

  @Test func directoryInADataset_isNotWrittenTo() throws {
    let workspace = try imported()
    let result = try workspace.run([
      "datasets", "materialize", "--preset", "reasoning/baseline", "dataset.sizes.train=4",
      "dataset.sizes.validation=1",
      "dataset.sizes.test=1", "--output", "datasets/own/deeper/still",
    ])
    #expect(result.status == 65 && result.errors.contains("it lies in the dataset"), "\(result.errors)")
    #expect(try workspace.run(["datasets", "verify", "datasets/own"]).status == 0)
  }
}
