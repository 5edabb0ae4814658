import Datasets
import Schemas

/// What a run will visit and when: its phases, their ends, and how many steps that makes.
struct RunPlan {
  let schedule: VisitSchedule
  let digest: Digest
  /// As ledgers, metadata and checkpoints name them.
  let phaseNames: [String]
  /// Optimizer steps of the run: the schedule's, unless `training.max_steps` cuts it short.
  let totalSteps: Int
  /// Whether the visits are permuted: the control of a curriculum.
  let isPermuted: Bool
  /// Examples that each phase draws its own visits from.
  private let exampleCounts: [Int]

  /// - Throws: `TrainingError.scheduleTooLong`.
  init(_ curriculum: CurriculumConfig, corpus: TrainingCorpus, config: TrainingConfig) throws {
    let phases = zip(curriculum.stages, corpus.pools).map { stage, pool in
      VisitSchedule.Phase(id: stage.id, pool: pool, duration: stage.duration, replayRatio: stage.replayRatio)
    }
    let limit = VisitSchedule.maximumVisits / config.batchSize
    let planned = VisitSchedule.steps(of: phases, batchSize: config.batchSize)
    guard min(planned, config.maximumSteps ?? planned) <= limit else {
      throw TrainingError.scheduleTooLong(steps: planned, limit: limit)
    }
    schedule = VisitSchedule(
      phases: phases, batchSize: config.batchSize, seed: config.seed, maximumSteps: config.maximumSteps ?? planned,
      isPermuted: curriculum.isShuffled)
    digest = schedule.digest
    phaseNames = curriculum.phaseNames
    totalSteps = min(schedule.steps, config.maximumSteps ?? schedule.steps)
    isPermuted = curriculum.isShuffled
    exampleCounts = corpus.pools.map { curriculum.isShuffled ? corpus.examples.count : $0.count }
  }

  /// The step after the last of a phase.
  func end(of phase: Int) -> Int { min(schedule.phaseEnds[phase], totalSteps) }

  /// The phases as metadata list them.
  ///
  /// - Parameter checkpoint: The checkpoint at a phase's end, if there is one.
  func stages(checkpoint: (Int) -> String?) -> [RunMetadata.Stage] {
    phaseNames.indices.map { phase in
      let (start, end) = (phase == 0 ? 0 : end(of: phase - 1), end(of: phase))
      return RunMetadata.Stage(
        id: phaseNames[phase], exampleCount: exampleCounts[phase], steps: end - start, endStep: end,
        checkpoint: end > start ? checkpoint(end) : nil, loss: nil)
    }
  }
}
