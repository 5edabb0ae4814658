import Composition
import Schemas
import Storage
import Training

/// Trains one configuration: makes the dataset that it needs, then the run.
struct TrainingJob {
  private let session: Session
  private let machine: Machine
  private let workspace: StorageRoot

  init(_ machine: Machine, in session: Session) throws {
    self.session = session
    self.machine = machine
    workspace = try session.workspace()
  }

  /// - Throws: `ConfigError` before anything is written; what materialising and training throw.
  func run(_ plan: TrainingPlan) throws -> RunMetadata {
    try TemplateReaders.check(plan.resolved)  // before anything is written
    let dataset = try DatasetRequest(plan.resolved).open(in: workspace, talk: session.talk)
    let request = TrainingRequest(
      workspace: workspace, template: plan.template, resolved: plan.resolved, dataset: dataset.dataset,
      datasetPath: dataset.path, vocabulary: .ofThisBuild(), kernels: machine.kernels,
      numericsFingerprint: machine.numericsFingerprint, pool: machine.pool, codexVersion: CodexVersion.text,
      resuming: plan.resuming, now: WallClock.now, monotonic: WallClock.monotonic, peakMemory: PeakMemory.bytes)
    let reporter = TrainingReporter(session)
    defer { reporter.finish() }
    return try TrainingLoop(request).run(report: reporter.report, isCancelled: { session.isCancelled })
  }

  /// Whether the run that a multirun remembers is there, complete and of that configuration.
  func stands(_ runID: String?, _ resolved: ResolvedConfig) throws -> Bool {
    guard let runID else { return false }
    let path = try TrainingConfig(resolved).outputDirectory.appending(RunID(parsing: runID))
    guard try workspace.exists(path.appending("run_metadata.json")) else { return false }
    let known = try StoredRun(at: path, in: workspace).metadata
    return known.status == .completed && known.configDigest == resolved.digest
  }

  /// A job of a multirun: a run that is there and complete, though the ledger does not know, is what was asked for.
  func runOrFind(template: String, _ resolved: ResolvedConfig) throws -> RunMetadata {
    do {
      return try run(TrainingPlan(template: template, resolved: resolved))
    } catch TrainingError.runExists(let path) {
      let known = try StoredRun(at: RunDirectory.path(path, in: workspace), in: workspace).metadata
      guard try stands(known.runID, resolved) else { throw TrainingError.runExists(path: path) }
      return known
    }
  }
}
