import Datasets
import Schemas
import Storage
import Testing

@Suite struct CurriculumPartitionTests {
  /// The categories and step counts of seed 004: 145 examples in A, 64 in B, 341 in C.
  static let records: [ExampleRecord] = [
    ("synthetic", 2, 110), ("golden_style", 2, 35), ("reasoning", 3, 64), ("reasoning", 4, 321), ("edge_case", 1, 6),
    ("edge_case", 2, 12), ("edge_case", 6, 2),
  ].flatMap { category, steps, count in
    (0..<count).map { record("\(category)-\(steps)-\($0)", category, steps) }
  }

  static let curriculum = CurriculumConfig(stages: [
    CurriculumStage(id: "A", categories: ["synthetic", "golden_style"]),
    CurriculumStage(id: "B", categories: ["reasoning"], stepCounts: 0...3),
    CurriculumStage(id: "C", duration: .epochs(3)),
  ])

  static func record(_ name: String, _ category: String, _ steps: Int) -> ExampleRecord {
    ExampleRecord(
      id: Digest(of: name), index: 0, world: "arithmetic", goal: name, plan: "", level: 0, stepCount: steps,
      category: category, split: "train")
  }

  @Test func divide_reproducesTheSeedsStages() throws {
    let stages = try CurriculumPartition.divide(Self.records, by: Self.curriculum)
    #expect(stages.map(\.count) == [145, 64, 341])
    #expect(stages[2].filter { $0.category == "edge_case" }.count == 20)
  }

  @Test func divide_givesAControlTheCurriculumsStages() throws {
    let control = CurriculumConfig(stages: Self.curriculum.stages, isShuffled: true)
    #expect(
      try CurriculumPartition.divide(Self.records, by: control)
        == CurriculumPartition.divide(Self.records, by: Self.curriculum))
  }

  @Test func divide_refusesExamplesOfNoStage() {
    let curriculum = CurriculumConfig(stages: [CurriculumStage(id: "A", categories: ["synthetic"])])
    do {
      _ = try CurriculumPartition.divide(Self.records, by: curriculum)
      Issue.record("accepted")
    } catch {
      #expect(
        "\(error)" == """
          curriculum: no stage takes 440 examples, first golden_style-2-0 (category golden_style, 2 steps). Add the category \
          to a stage of curriculum.phase_schedule or widen its min_steps…max_steps.
          """)
    }
  }
}
