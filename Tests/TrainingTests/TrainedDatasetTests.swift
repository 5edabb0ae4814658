import Datasets
import Schemas
import Storage
import Testing
import Training
import Worlds

@Suite struct TrainedDatasetTests {  // Sources/Training/Data/TrainedDataset.swift, TrainingCorpus.swift
  /// A request of a small run over an imported dataset that stands where the generated one would.
  private func request(
    _ small: SmallRun, _ template: String = "baseline", style: SolutionStyle = .actions, salt: String = "codex-1"
  ) throws -> TrainingRequest {
    let lines = (10..<60).flatMap { a in
      (1..<9).map { b in "{\"question\": \"(\(a) + \(b)) - 7\", \"answer\": \(a + b - 7)}\n" }
    }.joined()
    try small.workspace.atomicReplace("problems.jsonl", Array(lines.utf8))
    try Importer.importLines(
      MappedFile("problems.jsonl", in: small.workspace), name: "problems.jsonl", preset: "mine", style: style,
      splitRule: SplitRule(salt: salt), at: "dataset", in: small.workspace)
    return try small.request(template)
  }

  @Test func importedProblems_areTrainedOn() throws {
    let small = try SmallRun()
    let request = try request(small)
    let metadata = try TrainingLoop(request).run()
    #expect(metadata.datasetDigest == request.dataset.manifest.contentDigest)
    #expect(metadata.worlds == ["arithmetic"])
    #expect(metadata.stages.map(\.exampleCount) == [try request.dataset.examples(.train).count])
  }

  @Test func stages_areTheCurriculumsOwn() throws {
    let small = try SmallRun()
    // Every problem has two steps: the later stages of the curriculum find none.
    let error = #expect(throws: TrainingError.self) { try TrainingLoop(request(small, "curriculum")) }
    guard case .emptyPhase = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func dataWrittenOrSplitOtherwise_areRefused() throws {
    for (style, salt, key) in [
      (SolutionStyle.chainOfThought, "codex-1", "dataset.style"), (.actions, "other", "dataset.split_salt"),
    ] {
      let small = try SmallRun()
      let error = #expect(throws: TrainingError.self) {
        try TrainingLoop(request(small, style: style, salt: salt))
      }
      guard case .datasetMismatch(_, key, _, _) = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
    }
  }
}
