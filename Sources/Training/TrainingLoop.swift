import Composition
import Datasets
import Planning
import Plans
import Randomness
import Reasoner
import Runs
import Schemas
import Storage
import Tensors
import Worlds

/// One training run from a resolved configuration to a run directory, resumable at any instant.
///
/// A step: gather the sequences it visits → gradient → clip → optimizer → ledgers. Everything is a function of the
/// configuration, the dataset and the step number, so a run that was killed and resumed writes the same bytes as one that was
/// not, for any number of threads.
public final class TrainingLoop {
  private let request: TrainingRequest
  private let config: TrainingConfig
  private let curriculum: CurriculumConfig
  private let schedule: VisitSchedule
  private let scheduleDigest: Digest
  private let corpus: TrainingCorpus
  private let weights: Weights
  private let optimizer: any Optimizer
  private let accumulator: GradientAccumulator
  private let team: KernelTeam
  private let rates: CosineSchedule
  private let totalSteps: Int
  private let tracer: PhaseTracer
  private let dataset: DatasetConfig

  /// Reads every setting, the dataset's examples and the schedule; writes nothing.
  ///
  /// - Throws: `ConfigError` with all problems of a section, `ReasonerError`, `TrainingError.emptyPhase`, what reading throws.
  public init(_ request: TrainingRequest) throws {
    self.request = request
    config = try TrainingConfig(request.resolved)
    curriculum = try CurriculumConfig(request.resolved)
    dataset = try DatasetConfig(request.resolved)
    var read = ConfigReader(request.resolved, sections: ["model"])
    let shape = try ModelShape(&read, vocabulary: request.vocabulary.count)
    try read.finish()
    corpus = try TrainingCorpus(
      request.dataset, curriculum: curriculum, vocabulary: request.vocabulary, style: dataset.style,
      pool: request.pool)
    let phases = zip(curriculum.stages, corpus.pools).map { stage, pool in
      VisitSchedule.Phase(id: stage.id, pool: pool, duration: stage.duration, replayRatio: stage.replayRatio)
    }
    let visitLimit = VisitSchedule.maximumVisits / config.batchSize
    let planned = VisitSchedule.steps(of: phases, batchSize: config.batchSize)
    guard min(planned, config.maximumSteps ?? planned) <= visitLimit else {
      throw TrainingError.scheduleTooLong(steps: planned, limit: visitLimit)
    }
    schedule = VisitSchedule(
      phases: phases, batchSize: config.batchSize, seed: config.seed, maximumSteps: config.maximumSteps ?? planned,
      isPermuted: curriculum.isShuffled)
    scheduleDigest = schedule.digest
    totalSteps = min(schedule.steps, config.maximumSteps ?? schedule.steps)
    weights = Weights.initial(shape, seed: config.seed)
    optimizer = config.optimizer.optimizer(for: weights.layout, format: config.format)
    team = KernelTeam(kernels: request.kernels, pool: request.pool)
    accumulator = GradientAccumulator(
      weights, team: team, format: config.format, recomputes: config.recomputes, chunkRows: config.chunkRows)
    rates = CosineSchedule(
      peak: Float(config.learningRate), minimumRatio: Float(config.minimumRateRatio),
      warmupSteps: min(config.warmupSteps, totalSteps), totalSteps: totalSteps)
    try corpus.check(longest: shape.positions)
    tracer = try PhaseTracer(request, style: dataset.style, limit: config.tracedProblems)
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
    let id = request.resuming ?? request.runID
    let path = config.outputDirectory.appending(id)
    let isKnown = try knownMetadata(path) != nil
    let lock = try RunDirectory.lock(path, in: request.workspace)
    let known = try isKnown ? knownMetadata(path) : nil  // again: until now an evaluation may have pinned its evidence
    let resume = try known == nil ? nil : resumePoint(path, report)
    // Nothing is left to do, and nothing is written: metadata that change make the run's bundle another one.
    if let known, known.status == .completed, resume?.state.step == totalSteps { return known }
    // Everything that a resume needs is read before anything is cut.
    if let resume {
      try Checkpoint.load(
        resume.checkpoint, in: request.workspace.subroot(path), weights: weights, optimizer: optimizer,
        vocabulary: request.vocabulary)
    }
    let directory = try RunDirectory(
      id: id, at: path, in: request.workspace, holding: lock,
      ledgers: (resume?.state.metricsByteCount ?? 0, resume?.state.tracesByteCount ?? 0))
    if resume == nil { try directory.describe(request.resolved) }
    var progress = Progress(resume?.state)
    var metadata = metadata(id: id, step: progress.step, checkpoint: resume?.checkpoint, in: directory.root)
    if let resume, let known { metadata.keep(known, at: resume) }
    try directory.write(metadata)
    if let moved = try directory.becomeLatest(in: request.workspace) {
      report(.movedAside(path: request.workspace.name(moved.path), to: request.workspace.name(moved.aside)))
    }
    try begin(metadata)
    report(.started(metadata, resumedFrom: progress.step))
    do {
      try steps(directory, &progress, &metadata, report, isCancelled)
    } catch let error as TrainingError {
      if case .notFinite = error { metadata.status = .failed }
      metadata.updatedAt = request.now()
      try directory.write(metadata)
      throw error
    }
    metadata.status = .completed
    metadata.updatedAt = request.now()
    try directory.write(metadata)
    return metadata
  }

  // MARK: Steps

  /// What a run carries from step to step besides weights and moments.
  private struct Progress {
    var step: Int
    var tokens: Int
    var pending: ObjectiveSums
    var gradientNorm = 0.0
    var processTokens = 0
    var startedAt = 0.0

    init(_ state: CheckpointState?) {
      step = state?.step ?? 0
      tokens = state?.numTokens ?? 0
      pending = state.map { ObjectiveSums($0.pending) } ?? ObjectiveSums()
    }
  }

  private func steps(
    _ directory: RunDirectory, _ progress: inout Progress, _ metadata: inout RunMetadata,
    _ report: (TrainingEvent) -> Void, _ isCancelled: () -> Bool
  ) throws {
    let objective = SupervisedObjective(valueLossWeight: config.valueLossWeight)
    let firstStep = progress.step
    progress.startedAt = request.monotonic()
    while progress.step < totalSteps {
      if isCancelled() {
        let path = try save(directory, progress, &metadata, isPhaseEnd: false, report)
        throw TrainingError.cancelled(step: progress.step, checkpoint: directory.root.name(path))
      }
      let phase = schedule.phase(at: progress.step)
      let sums = try step(&progress, objective, metadata)
      let isPhaseEnd = progress.step == min(schedule.phaseEnds[phase], totalSteps)
      if progress.step % config.loggingSteps == 0 || isPhaseEnd {
        try log(directory, &progress, phase: phase, &metadata)
      }
      let elapsed = request.monotonic() - progress.startedAt
      report(
        .step(
          TrainingProgress(
            step: progress.step, totalSteps: totalSteps, phase: curriculum.phaseNames[phase],
            loss: sums.policyLoss / max(sums.policyWeight, 1), tokenAccuracy: sums.hits / max(sums.judged, 1),
            tokens: progress.processTokens, elapsedSeconds: elapsed)))
      if isPhaseEnd {
        let counts = try tracer.trace(
          weights, stage: curriculum.phaseNames[phase], step: progress.step, runID: directory.id, into: directory.traces
        )
        report(.traced(stage: curriculum.phaseNames[phase], verified: counts.verified, problems: counts.problems))
      }
      if isPhaseEnd || progress.step % config.saveSteps == 0 {
        measure(progress, firstStep: firstStep, elapsed: elapsed, &metadata)
        _ = try save(directory, progress, &metadata, isPhaseEnd: isPhaseEnd, report)
      }
    }
  }

  private func step(
    _ progress: inout Progress, _ objective: SupervisedObjective, _ metadata: RunMetadata
  ) throws -> ObjectiveSums {
    let detours = config.valueLossWeight > 0 ? Int(config.valueExampleRatio * Double(config.batchSize)) : 0
    let sequences = try corpus.sequences(
      visiting: schedule.visits(at: progress.step), detours: detours, positions: weights.shape.positions,
      seed: config.seed)
    let sums = try accumulator.compute(sequences, objective: objective)
    let norm = accumulator.gradientNorm()
    for (what, value) in [("the loss", sums.policyLoss + sums.valueLoss), ("the gradient norm", norm)]
    where !value.isFinite {
      throw TrainingError.notFinite(what: what, step: progress.step + 1, lastCheckpoint: metadata.checkpoint)
    }
    progress.step += 1
    optimizer.update(
      weights, gradients: accumulator.gradients, rate: Double(rates.rate(at: progress.step)),
      gradientScale: GradientClipping.scale(norm: norm, maximumNorm: config.maximumGradientNorm), step: progress.step,
      team: team)
    progress.pending += sums
    progress.tokens += Int(sums.rows)
    progress.processTokens += Int(sums.rows)
    progress.gradientNorm = norm
    return sums
  }

  private func log(
    _ directory: RunDirectory, _ progress: inout Progress, phase: Int, _ metadata: inout RunMetadata
  ) throws {
    let pending = progress.pending
    let loss = pending.policyLoss / max(pending.policyWeight, 1)
    try directory.metrics.append(
      TrainingMetric(
        step: progress.step, phase: curriculum.phaseNames[phase], loss: loss,
        meanTokenAccuracy: pending.hits / max(pending.judged, 1),
        valueLoss: pending.valueWeight > 0 ? pending.valueLoss / pending.valueWeight : nil,
        gradNorm: progress.gradientNorm, learningRate: Double(rates.rate(at: progress.step)),
        numTokens: progress.tokens))
    metadata.stages[phase].loss = loss
    progress.pending = ObjectiveSums()
  }

  // MARK: Saving

  /// Checks that the state is finite, forces the ledgers to the device, publishes a checkpoint, and only then says so in the
  /// metadata.
  private func save(
    _ directory: RunDirectory, _ progress: Progress, _ metadata: inout RunMetadata, isPhaseEnd: Bool,
    _ report: (TrainingEvent) -> Void
  ) throws -> StoragePath {
    if let tensor = weights.firstNonFinite() {
      throw TrainingError.notFinite(
        what: "the weight '\(tensor)'", step: progress.step, lastCheckpoint: metadata.checkpoint)
    }
    try directory.synchroniseLedgers()
    let path = Checkpoint.path(step: progress.step)
    let phase = schedule.phase(at: max(progress.step - 1, 0))
    let digests = try Checkpoint.write(
      to: path, in: directory.root, weights: weights, optimizer: optimizer, vocabulary: request.vocabulary
    ) { files in
      CheckpointState(
        step: progress.step, phase: curriculum.phaseNames[phase], configDigest: request.resolved.digest,
        datasetDigest: request.dataset.manifest.contentDigest, scheduleDigest: scheduleDigest,
        numericsFingerprint: request.numericsFingerprint, numTokens: progress.tokens,
        pending: CheckpointState.Pending(progress.pending),
        metricsByteCount: directory.metrics.offset, tracesByteCount: directory.traces.offset, files: files)
    }
    metadata.step = progress.step
    metadata.checkpoint = path.description
    (metadata.weightsDigest, metadata.stateDigest) = (digests.weights, digests.state)
    if isPhaseEnd { metadata.stages[phase].checkpoint = path.description }
    metadata.updatedAt = request.now()
    try directory.write(metadata)
    let kept = try metadata.stages.compactMap(\.checkpoint).map { try StoragePath(parsing: $0) }
    try Checkpoint.prune(
      in: directory.root, newest: path, limit: config.checkpointLimit, keeping: Set(kept))
    report(.checkpoint(step: progress.step, path: directory.root.name(path)))
    return path
  }

  private func measure(
    _ progress: Progress, firstStep: Int, elapsed: Double, _ metadata: inout RunMetadata
  ) {
    guard elapsed > 0, progress.step > firstStep else { return }
    let rate = Double(progress.processTokens) / elapsed
    let context = corpus.meanContext
    metadata.performance = RunMetadata.Performance(
      wallSeconds: elapsed, tokensPerSecond: rate,
      gigaflopsPerSecond: rate * weights.shape.trainingFlopsPerToken(meanContext: context) / 1e9,
      threads: request.pool.threads, peakMemoryBytes: request.peakMemory())
  }

  // MARK: Starting

  /// What a run under this name says of itself, if there is one; throws if none is there to be resumed.
  private func knownMetadata(_ path: StoragePath) throws -> RunMetadata? {
    guard try StoredRun.exists(at: path, in: request.workspace) else {
      if request.resuming != nil { throw TrainingError.noSuchRun(path: request.workspace.name(path)) }
      return nil
    }
    return try StoredRun(at: path, in: request.workspace).metadata
  }

  /// Where the run goes on, if it may. Call it under the run's lock.
  private func resumePoint(_ path: StoragePath, _ report: (TrainingEvent) -> Void) throws -> ResumePoint? {
    let workspace = request.workspace
    guard let known = try knownMetadata(path) else { return nil }
    guard request.resuming != nil || (config.resume == .latest && known.status == .running) else {
      throw TrainingError.runExists(path: workspace.name(path))
    }
    guard known.configDigest == request.resolved.digest else {
      throw TrainingError.resumeMismatch(
        path: workspace.name(path), what: "the configuration", expected: known.configDigest.description,
        got: request.resolved.digest.description)
    }
    let run = try workspace.subroot(path)
    let point = try ResumePoint.newest(
      in: run, known: known, request: request, schedule: scheduleDigest, isPermuted: curriculum.isShuffled,
      report: report)
    if point == nil, request.resuming != nil, let last = try Checkpoint.all(in: run).last {
      throw TrainingError.badCheckpoint(path: run.name(last), problem: "no checkpoint of the run is whole")
    }
    return point
  }

  private func metadata(
    id: RunID, step: Int, checkpoint: StoragePath?, in run: StorageRoot
  ) -> RunMetadata {
    var start = 0
    let stages = zip(curriculum.phaseNames, zip(corpus.pools, schedule.phaseEnds)).map { name, rest in
      let end = min(rest.1, totalSteps)
      defer { start = end }
      let path = Checkpoint.path(step: end)
      return RunMetadata.Stage(
        id: name, exampleCount: curriculum.isShuffled ? corpus.examples.count : rest.0.count, steps: end - start,
        endStep: end,
        checkpoint: end > start && step >= end && (try? run.exists(path)) == true ? path.description : nil, loss: nil)
    }
    return RunMetadata(
      runID: id.text, template: request.template, status: .running, startedAt: request.now(),
      updatedAt: request.now(), codexVersion: request.codexVersion, configDigest: request.resolved.digest,
      datasetDigest: request.dataset.manifest.contentDigest, dataset: request.datasetPath.description,
      seed: config.seed, worlds: dataset.worlds.map(\.rawValue), parameterCount: weights.shape.parameterCount,
      totalSteps: totalSteps, step: step, stages: stages, checkpoint: checkpoint?.description, weightsDigest: nil,
      numericsFingerprint: request.numericsFingerprint, rolloutRing: config.rolloutRing, owner: config.owner,
      evaluationPreset: config.evaluationPreset, deploymentPreset: config.deploymentPreset, performance: nil,
      intention: request.intention)
  }
}

extension RunMetadata {
  /// Takes over what a resumed run knew of the checkpoint that it goes on from.
  fileprivate mutating func keep(_ known: RunMetadata, at resume: ResumePoint) {
    weightsDigest = resume.state.files.first { $0.path == ModelFolder.weightsName.description }?.digest
    stateDigest = resume.stateDigest
    performance = known.performance
    ledgerHead = known.ledgerHead
    intention = known.intention
    for (index, stage) in known.stages.enumerated()
    where stages.indices.contains(index) && stages[index].checkpoint != nil {
      stages[index].loss = stage.loss
    }
  }
}
