import Reasoner
import Runs
import Schemas
import Storage
import Tensors

/// How a run begins: under its lock, anew, from another run's weights or where it was left.
struct RunStart {
  /// What the run says of itself, if it is there.
  let known: RunMetadata?
  /// Where it goes on, if it does.
  let point: ResumePoint?
  private let id: RunID
  private let path: StoragePath
  private let lock: FileLock
  private let request: TrainingRequest
  private let config: TrainingConfig
  private let plan: RunPlan

  /// Takes the run's lock and finds out; cuts nothing.
  ///
  /// - Throws: `TrainingError.noSuchRun`, `.runExists`, `.resumeMismatch`, `.badCheckpoint`; `StorageError`.
  init(
    _ request: TrainingRequest, _ config: TrainingConfig, _ plan: RunPlan, _ report: (TrainingEvent) -> Void
  ) throws {
    (self.request, self.config, self.plan) = (request, config, plan)
    id = request.resuming ?? request.runID
    path = config.outputDirectory.appending(id)
    let isKnown = try Self.metadata(request, path) != nil
    lock = try RunDirectory.lock(path, in: request.workspace)
    // Again: until now an evaluation may have pinned its evidence.
    known = try isKnown ? Self.metadata(request, path) : nil
    if let known {
      point = try Self.point(request, config, plan, path, known: known, report)
    } else {
      point = nil
    }
  }

  /// What a run under this name says of itself, if there is one; throws if none is there to be resumed.
  private static func metadata(_ request: TrainingRequest, _ path: StoragePath) throws -> RunMetadata? {
    guard try StoredRun.exists(at: path, in: request.workspace) else {
      if request.resuming != nil { throw TrainingError.noSuchRun(path: request.workspace.name(path)) }
      return nil
    }
    return try StoredRun(at: path, in: request.workspace).metadata
  }

  /// Where the run goes on, if it may.
  private static func point(
    _ request: TrainingRequest, _ config: TrainingConfig, _ plan: RunPlan, _ path: StoragePath, known: RunMetadata,
    _ report: (TrainingEvent) -> Void
  ) throws -> ResumePoint? {
    let workspace = request.workspace
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
      in: run, known: known, request: request, schedule: plan.digest, isPermuted: plan.isPermuted, report: report)
    if point == nil, request.resuming != nil, let last = try Checkpoint.all(in: run).last {
      throw TrainingError.badCheckpoint(path: run.name(last), problem: "no checkpoint of the run is whole")
    }
    return point
  }

  /// Reads what the run starts from into place: its checkpoint, or another run's weights.
  ///
  /// - Returns: The weights that the run began with, if they were not drawn.
  func load(into weights: Weights, _ optimizer: any Optimizer) throws -> RunMetadata.Origin? {
    if let point {
      try Checkpoint.load(
        point.checkpoint, in: request.workspace.subroot(path), weights: weights, optimizer: optimizer,
        vocabulary: request.vocabulary)
      return known?.initFrom
    }
    return try config.initFrom.map { try InitialWeights.load($0, into: weights, request) }
  }

  /// Opens the run's directory for writing, its ledgers cut to where it goes on.
  func directory() throws -> RunDirectory {
    let directory = try RunDirectory(
      id: id, at: path, in: request.workspace, holding: lock,
      ledgers: (point?.state.metricsByteCount ?? 0, point?.state.tracesByteCount ?? 0))
    if point == nil { try directory.describe(request.resolved) }
    return directory
  }

  /// What the run says of itself before its next step.
  func metadata(of shape: ModelShape, origin: RunMetadata.Origin?) throws -> RunMetadata {
    let run = try request.workspace.subroot(path)
    let step = point?.state.step ?? 0
    let stages = plan.stages { end in
      let path = Checkpoint.path(step: end)
      return step >= end && (try? run.exists(path)) == true ? path.description : nil
    }
    var metadata = RunMetadata(
      runID: id.text, template: request.template, status: .running, startedAt: request.now(),
      updatedAt: request.now(), codexVersion: request.codexVersion, configDigest: request.resolved.digest,
      datasetDigest: request.dataset.manifest.contentDigest, dataset: request.datasetPath.description,
      seed: config.seed, worlds: request.dataset.manifest.worlds, parameterCount: shape.parameterCount,
      totalSteps: plan.totalSteps, step: step, stages: stages, checkpoint: point?.checkpoint.description,
      weightsDigest: nil, numericsFingerprint: request.numericsFingerprint, rolloutRing: config.rolloutRing,
      owner: config.owner, evaluationPreset: config.evaluationPreset, deploymentPreset: config.deploymentPreset,
      performance: nil, intention: request.intention, initFrom: origin)
    if let point, let known { metadata.keep(known, at: point) }
    return metadata
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
