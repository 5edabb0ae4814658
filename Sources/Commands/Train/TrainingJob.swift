import Composition
import Ledger
import Runs
import Schemas
import Storage
import Training

/// Trains one configuration: makes the dataset that it needs, then the run, and tells the ledger that it began and ended.
struct TrainingJob {
  private let session: Session
  private let machine: Machine
  private let workspace: StorageRoot

  init(_ machine: Machine, in session: Session) throws {
    self.session = session
    self.machine = machine
    workspace = try session.workspace()
  }

  /// - Throws: `ConfigError`, and what reading the ledger throws, before anything is written; what materialising and training
  ///   throw; `UnrecordedFinish`.
  func run(_ plan: TrainingPlan) throws -> RunMetadata {
    try TemplateReaders.check(plan.resolved)  // before anything is written
    if plan.resuming == nil { try DatasetPreset.check(plan.resolved, in: session) }
    let config = try TrainingConfig(plan.resolved)
    let events = try events(template: plan.template, plan.resolved)
    let intention = try events.intention(of: plan.runID.text, seed: config.seed)
    let dataset = try DatasetRequest(plan.resolved).open(in: workspace, talk: session.talk)
    let request = TrainingRequest(
      workspace: workspace, template: plan.template, resolved: plan.resolved, dataset: dataset.dataset,
      datasetPath: dataset.path, vocabulary: .ofThisBuild(), kernels: machine.kernels,
      numericsFingerprint: machine.numericsFingerprint, pool: machine.pool, codexVersion: CodexVersion.text,
      resuming: plan.resuming, intention: intention, now: WallClock.now, monotonic: WallClock.monotonic,
      peakMemory: PeakMemory.bytes)
    let reporter = TrainingReporter(session)
    defer { reporter.finish() }
    let metadata = try TrainingLoop(request).run(
      report: reporter.report, isCancelled: { session.isCancelled },
      begin: { try events.recordStart(of: $0, at: WallClock.now()) })
    try recordFinish(of: metadata, at: config.outputDirectory.appending(plan.runID), events)
    return metadata
  }

  /// Whether the run that a multirun remembers is there, complete and of that configuration.
  func stands(_ runID: String?, _ resolved: ResolvedConfig) throws -> Bool {
    guard let runID else { return false }
    let path = try TrainingConfig(resolved).outputDirectory.appending(RunID(parsing: runID))
    guard try StoredRun.exists(at: path, in: workspace) else { return false }
    let known = try StoredRun(at: path, in: workspace).metadata
    return known.status == .completed && known.configDigest == resolved.digest
  }

  /// A job of a multirun: a run that is there and complete, though the multirun's ledger does not know, is what was asked
  /// for.
  func runOrFind(template: String, _ resolved: ResolvedConfig) throws -> RunMetadata {
    do {
      return try run(TrainingPlan(template: template, resolved: resolved))
    } catch TrainingError.runExists(let path) {
      let directory = try RunCatalog(in: workspace).path(path)
      let known = try StoredRun(at: directory, in: workspace).metadata
      guard try stands(known.runID, resolved) else { throw TrainingError.runExists(path: path) }
      try recordFinish(of: known, at: directory, events(template: template, resolved))
      return known
    }
  }

  private func events(template: String, _ resolved: ResolvedConfig) throws -> RunEventLog {
    let origin = RunOrigin(of: resolved.root, from: try session.templates().compose(template), named: template)
    return RunEventLog(MetricsLedger(in: workspace), of: origin, codexVersion: CodexVersion.text)
  }

  private func recordFinish(of metadata: RunMetadata, at path: StoragePath, _ events: RunEventLog) throws {
    do {
      try events.recordFinish(of: metadata, at: WallClock.now())
    } catch {
      throw UnrecordedFinish(run: metadata.runID, directory: path.description, cause: error)
    }
  }
}

/// A run was trained to its end, and the ledger could not be told.
struct UnrecordedFinish: Error, CustomStringConvertible {
  let run: String
  /// Relative to the workspace.
  let directory: String
  let cause: any Error

  var description: String {
    "\(cause) Run \(run) is complete, but the ledger does not say so: 'codex train --resume \(directory)' adds the line."
  }
}
