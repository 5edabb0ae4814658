import Datasets
import Testing

@Suite struct CurriculumConfigTests {
  @Test func init_readsStagesWithNullAsNoRestriction() throws {
    let yaml = """
      curriculum:
        preset: two
        replay_ratio: 0.1
        phase_schedule:
          - {id: A, dataset: x, categories: [additive], min_steps: null, max_steps: 3, steps: null, epochs: 2, metrics: [m]}
          - {id: B, categories: null, min_steps: 2, max_steps: null, steps: 7, epochs: null, replay_ratio: "${curriculum.replay_ratio}"}
        shuffled: true
      """
    let curriculum = try CurriculumConfig(SmallDatasets.composed(yaml))
    #expect(curriculum.isShuffled && curriculum.phaseNames == ["shuffled_1", "shuffled_2"])
    #expect(CurriculumConfig(stages: curriculum.stages).phaseNames == ["A", "B"])
    #expect(
      curriculum.stages == [
        CurriculumStage(
          id: "A", categories: ["additive"], stepCounts: 0...3, duration: .epochs(2), dataset: "x", metrics: ["m"]),
        CurriculumStage(
          id: "B", stepCounts: 2...CurriculumStage.maximumStepCount, duration: .steps(7), replayRatio: 0.1),
      ])
  }

  @Test(arguments: [
    (
      "- {id: A, epochs: 1, steps: 2}",
      "'curriculum.phase_schedule.0.steps' is 2; allowed: a number here or in 'epochs', not both"
    ),
    ("- {id: A/B, epochs: 1}", "'curriculum.phase_schedule.0.id' is 'A/B'; allowed: 1 to 32 of A-Z a-z 0-9 _"),
    (
      "- {id: A, epochs: 1, min_steps: 4, max_steps: 3}",
      "'curriculum.phase_schedule.0.min_steps' is 4; allowed: at most max_steps, 3"
    ),
    ("- {id: A, epochs: 1, min_step: 4}", "curriculum.phase_schedule.0.min_step"),
    ("- {id: A, epochs: 1}\n    - {id: a, epochs: 1}", "allowed: one stage or more, with different ids"),
  ])
  func init_refuses(stage: String, message: String) throws {
    let resolved = try SmallDatasets.composed("curriculum:\n  shuffled: false\n  phase_schedule:\n    \(stage)\n")
    do {
      _ = try CurriculumConfig(resolved)
      Issue.record("accepted")
    } catch { #expect("\(error)".contains(message), "\(error)") }
  }
}
