import Composition
import Datasets
import Reasoner
import Runs
import Schemas
import Storage
import Tensors

/// One training run from a resolved configuration to a run directory, resumable at any instant.
///
/// A step: the signal's batch → gradient → clip → optimizer → ledgers. Everything is a function of the configuration, the
/// dataset and the step number, so a run that was killed and resumed writes the same bytes as one that was not, for any number
/// of threads.
public final class TrainingLoop {
  private let request: TrainingRequest
  private let config: TrainingConfig
  private let plan: RunPlan
  private let weights: Weights
  private let optimizer: any Optimizer
  private let accumulator: GradientAccumulator
  private let signal: any TrainingSignal
  private let team: KernelTeam
  private let rates: CosineSchedule
  private let tracer: PhaseTracer

  /// Reads every setting, the dataset's examples and the schedule; writes nothing.
  ///
  /// - Throws: `ConfigError` with all problems of a section, `ReasonerError`, `TrainingError.emptyPhase`,
  ///   `.datasetMismatch`, what reading throws.
  public init(_ request: TrainingRequest) throws {
    self.request = request
    config = try TrainingConfig(request.resolved)
    var read = ConfigReader(request.resolved, sections: ["model"])
    let shape = try ModelShape(&read, vocabulary: request.vocabulary.count)
    try read.finish()
    let style = try TrainedDataset.style(request)
    let curriculum = try CurriculumConfig(request.resolved)
    let corpus = try TrainingCorpus(
      request.dataset, curriculum: curriculum, vocabulary: request.vocabulary, style: style, pool: request.pool)
    plan = try RunPlan(curriculum, corpus: corpus, config: config)
    weights = Weights.initial(shape, seed: config.seed)
    optimizer = config.optimizer.optimizer(for: weights.layout, format: config.format)
    team = KernelTeam(kernels: request.kernels, pool: request.pool)
    accumulator = GradientAccumulator(
      weights, team: team, format: config.format, recomputes: config.recomputes, chunkRows: config.chunkRows)
    signal = config.signal.signal(
      for: Lesson(corpus: corpus, schedule: plan.schedule, weights: weights, seed: config.seed))
    rates = CosineSchedule(
      peak: Float(config.learningRate), minimumRatio: Float(config.minimumRateRatio),
      warmupSteps: min(config.warmupSteps, plan.totalSteps), totalSteps: plan.totalSteps)
    try corpus.check(longest: shape.positions)
    tracer = try PhaseTracer(request, style: style, limit: config.tracedProblems)
  }

  /// Trains to the end of the schedule, from the newest checkpoint if there is one.
  ///
  /// - Parameters:
  ///   - report: Called after every step and at the events between them, on the calling thread.
  ///   - isCancelled: Asked before every step; once it says yes a checkpoint is written and `TrainingError.cancelled` thrown.
  ///   - begin: Called once the run's directory stands, before the first step; what it throws ends the run there. Not called
  ///     where nothing is left to do.
  /// - Throws: `TrainingError`; `StorageError` if the run directory cannot be written; what `begin` throws. Whatever is
  ///   thrown, the last checkpoint is whole.
  public func run(
    report: (TrainingEvent) -> Void = { _ in }, isCancelled: () -> Bool = { false },
    begin: (RunMetadata) throws -> Void = { _ in }
  ) throws -> RunMetadata {
    let start = try RunStart(request, config, plan, report)
    // Nothing is left to do, and nothing is written: metadata that change make the run's bundle another one.
    if let known = start.known, known.status == .completed, start.point?.state.step == plan.totalSteps { return known }
    // Everything that a run starts from is read before anything is cut.
    let origin = try start.load(into: weights, optimizer)
    let directory = try start.directory()
    var progress = Progress(start.point?.state)
    let recorder = RunRecorder(
      directory, try start.metadata(of: weights.shape, origin: origin), request: request, config: config, plan: plan)
    try recorder.write()
    if let moved = try directory.becomeLatest(in: request.workspace) {
      report(.movedAside(path: request.workspace.name(moved.path), to: request.workspace.name(moved.aside)))
    }
    try begin(recorder.metadata)
    report(.started(recorder.metadata, resumedFrom: progress.step))
    do {
      try steps(recorder, &progress, report, isCancelled)
    } catch let error as TrainingError {
      if case .notFinite = error { recorder.metadata.status = .failed }
      try recorder.write()
      throw error
    }
    recorder.metadata.status = .completed
    try recorder.write()
    return recorder.metadata
  }

  /// What a run carries from step to step besides weights and moments.
  struct Progress {
    var step: Int
    var tokens: Int
    /// Since the last line of the metrics.
    var pending: SignalSums
    var gradientNorm = 0.0
    var processTokens = 0

    init(_ state: CheckpointState?) {
      step = state?.step ?? 0
      tokens = state?.numTokens ?? 0
      pending = SignalSums(state?.pending ?? [:])
    }
  }

  private func steps(
    _ recorder: RunRecorder, _ progress: inout Progress, _ report: (TrainingEvent) -> Void, _ isCancelled: () -> Bool
  ) throws {
    let firstStep = progress.step
    let startedAt = request.monotonic()
    while progress.step < plan.totalSteps {
      if isCancelled() {
        let path = try save(recorder, progress, isPhaseEnd: false, report)
        throw TrainingError.cancelled(step: progress.step, checkpoint: path)
      }
      let phase = plan.schedule.phase(at: progress.step)
      let sums = try step(&progress, lastCheckpoint: recorder.metadata.checkpoint)
      let isPhaseEnd = progress.step == plan.end(of: phase)
      if progress.step % config.loggingSteps == 0 || isPhaseEnd {
        let rate = Double(rates.rate(at: progress.step))
        try recorder.log(signal.figures(progress.pending), progress, phase: phase, learningRate: rate)
        progress.pending = SignalSums()
      }
      let elapsed = request.monotonic() - startedAt
      report(
        .step(
          TrainingProgress(
            step: progress.step, totalSteps: plan.totalSteps, phase: plan.phaseNames[phase],
            figures: signal.figures(sums), tokens: progress.processTokens, elapsedSeconds: elapsed)))
      if isPhaseEnd { try trace(phase, progress.step, recorder.directory, report) }
      if isPhaseEnd || progress.step % config.saveSteps == 0 {
        if progress.step > firstStep {
          recorder.measure(
            tokens: progress.processTokens, seconds: elapsed,
            flopsPerToken: weights.shape.trainingFlopsPerToken(meanContext: signal.meanContext))
        }
        _ = try save(recorder, progress, isPhaseEnd: isPhaseEnd, report)
      }
    }
  }

  private func step(_ progress: inout Progress, lastCheckpoint: String?) throws -> SignalSums {
    let (sums, rows) = try accumulator.compute(signal.batch(at: progress.step))
    let norm = accumulator.gradientNorm()
    for (what, isFinite) in [("the loss", sums.isFinite), ("the gradient norm", norm.isFinite)] where !isFinite {
      throw TrainingError.notFinite(what: what, step: progress.step + 1, lastCheckpoint: lastCheckpoint)
    }
    progress.step += 1
    optimizer.update(
      weights, gradients: accumulator.gradients, rate: Double(rates.rate(at: progress.step)),
      gradientScale: GradientClipping.scale(norm: norm, maximumNorm: config.maximumGradientNorm), step: progress.step,
      team: team)
    progress.pending += sums
    progress.tokens += rows
    progress.processTokens += rows
    progress.gradientNorm = norm
    return sums
  }

  private func trace(
    _ phase: Int, _ step: Int, _ directory: RunDirectory, _ report: (TrainingEvent) -> Void
  ) throws {
    let stage = plan.phaseNames[phase]
    let counts = try tracer.trace(weights, stage: stage, step: step, runID: directory.id, into: directory.traces)
    report(.traced(stage: stage, verified: counts.verified, problems: counts.problems))
  }

  /// Checks that the state is finite and has it recorded.
  ///
  /// - Returns: The checkpoint's name for people.
  private func save(
    _ recorder: RunRecorder, _ progress: Progress, isPhaseEnd: Bool, _ report: (TrainingEvent) -> Void
  ) throws -> String {
    if let tensor = weights.firstNonFinite() {
      throw TrainingError.notFinite(
        what: "the weight '\(tensor)'", step: progress.step, lastCheckpoint: recorder.metadata.checkpoint)
    }
    let path = try recorder.save(progress, weights, optimizer, isPhaseEnd: isPhaseEnd)
    report(.checkpoint(step: progress.step, path: path))
    return path
  }
}
