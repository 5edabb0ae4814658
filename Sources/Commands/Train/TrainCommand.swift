import ArgumentParser
import Schemas
import Storage
import Training

/// `codex train`
struct TrainCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a model from a template; makes the dataset it needs.",
    discussion: Example.text(
      "codex train --template baseline",
      "codex train --template curriculum model=micro training.output_dir=runs/wide",
      "codex train --resume latest"))

  @Option(help: "A template's name.")
  var template: String?

  @Option(help: ArgumentHelp("Go on with this run: an id, a directory, or 'latest'.", valueName: "run"))
  var resume: String?

  @OptionGroup var composition: OverrideArguments
  @OptionGroup var tableOptions: TableOptions
  @OptionGroup var global: GlobalOptions
  var table: TableOptions? { tableOptions }

  func validate() throws {
    if template == nil && resume == nil { throw ValidationError("Give --template, or --resume.") }
    if template == nil && !composition.overrides.isEmpty {
      throw ValidationError("A run is resumed as it was configured; give --template together with overrides.")
    }
  }

  func run(in session: Session) throws -> ExitReason {
    let machine = try Machine(session.environment)  // first: a BLAS library must be loaded before any thread starts
    let workspace = try session.workspace()
    let plan = try TrainingPlan(template: template, resume: resume, overrides: composition.overrides, in: session)
    try TemplateReaders.check(plan.resolved)  // before anything is written
    let dataset = try DatasetRequest(plan.resolved).open(in: workspace, talk: session.talk)
    let request = TrainingRequest(
      workspace: workspace, template: plan.template, resolved: plan.resolved, dataset: dataset.dataset,
      datasetPath: dataset.path, vocabulary: .ofThisBuild(), kernels: machine.kernels,
      numericsFingerprint: machine.numericsFingerprint, pool: machine.pool, codexVersion: CodexVersion.text,
      resuming: plan.resuming, now: WallClock.now, monotonic: WallClock.monotonic, peakMemory: PeakMemory.bytes)
    let reporter = TrainingReporter(session)
    defer { reporter.finish() }
    let metadata = try TrainingLoop(request).run(report: reporter.report, isCancelled: { session.isCancelled })
    reporter.finish()
    try RunView(metadata).render(to: session)
    return .yes
  }
}
