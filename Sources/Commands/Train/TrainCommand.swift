import ArgumentParser

/// `codex train`
struct TrainCommand: ComposingVerb {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a model from a template; makes the dataset it needs.",
    discussion: Example.text(
      "codex train --template baseline",
      "codex train --template curriculum model=micro training.output_dir=runs/wide",
      "codex train --template baseline --multirun training.seed=0,1,2",
      "codex train --resume latest"))

  @Option(help: "A template's name.", completion: .templates)
  var template: String?

  @Option(
    help: ArgumentHelp("Go on with this run: an id, a directory, or 'latest'.", valueName: "run"), completion: .runs)
  var resume: String?

  @OptionGroup var multirunOptions: MultirunOptions
  @OptionGroup var composition: OverrideArguments<TrainingExamples>
  @OptionGroup var tableOptions: TableOptions
  @OptionGroup var global: GlobalOptions
  var table: TableOptions? { tableOptions }

  func validate() throws {
    if template == nil && resume == nil { throw ValidationError("Give --template, or --resume.") }
    if template == nil && !composition.overrides.isEmpty {
      throw ValidationError("A run is resumed as it was configured; give --template together with overrides.")
    }
    if resume != nil && multirunOptions.multirun {
      throw ValidationError("A multirun goes on by itself when its command is given again; leave --resume out.")
    }
  }

  func request(in session: Session) throws -> CompositionRequest? {
    let request = try template.map { try session.request(template: $0, overrides: composition.overrides) }
    return try multirunOptions.multirun ? request?.firstOfMany() : request
  }

  func run(in session: Session) throws -> ExitReason {
    let machine = try Machine(session.environment)  // first: a BLAS library must be loaded before any thread starts
    let job = try TrainingJob(machine, in: session)
    if multirunOptions.multirun { return try runMany(job, in: session) }
    let plan = try TrainingPlan(template: template, resume: resume, overrides: composition.overrides, in: session)
    try RunView(job.run(plan)).render(to: session)
    return .yes
  }

  private func runMany(_ training: TrainingJob, in session: Session) throws -> ExitReason {
    guard let template else { preconditionFailure("validate() wants a template where nothing is resumed") }
    let request = try session.request(template: template, overrides: composition.overrides)
    let jobs = try request.jobs()
    let ledger = try MultirunLedger(
      of: template, overrides: composition.overrides, in: session.workspace(), now: WallClock.now)
    let outcomes = try Multirun(jobs: jobs, ledger: ledger, failsFast: multirunOptions.failFast, talk: session.talk)
      .run(
        Multirun.Work(
          compose: { try session.resolved(request.with($0.overrides)) },
          stands: { try training.stands($0.runID, $1) },
          perform: { _, resolved in
            let metadata = try training.runOrFind(template: template, resolved)
            return (metadata.runID, metadata.stages.last?.loss)
          }))
    let view = MultirunView(outcomes: outcomes, jobCount: jobs.count)
    try view.render(to: session)
    return view.exitReason
  }
}
