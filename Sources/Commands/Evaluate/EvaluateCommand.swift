import ArgumentParser
import Evaluation
import Ledger
import Plans
import Runs
import Schemas
import Storage

/// `codex evaluate`
struct EvaluateCommand: ComposingVerb {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Score a run's model on held-out problems.",
    discussion: Example.text(
      "codex evaluate", "codex evaluate --config configs/evaluation/reasoning.yaml --run latest",
      "codex evaluate evaluation.max_problems=100 --metrics-only",
      "codex evaluate --bundle reasoning/M0 --again \"the first is older than 30 days\"")
      + "\n\nWhat a gate does not ask for, such as another split or budget, is a look: kept, shown, never evidence.")

  @Option(
    help: ArgumentHelp("What to ask: a config below configs/.", valueName: "file"),
    completion: .configs(in: "evaluation"))
  var config = "configs/evaluation/reasoning.yaml"

  @OptionGroup var runOptions: RunOptions

  @Option(
    help: ArgumentHelp("Instead of a run: a bundle, whose run is measured again.", valueName: "ref"),
    completion: .bundles)
  var bundle: String?

  @Option(
    help: ArgumentHelp("Win rate against this run, evaluated before on the same problems.", valueName: "run"),
    completion: .runs)
  var reference: String?

  @Option(
    help: ArgumentHelp(
      "Measure a question again, and say why: only then may it stand for the first measurement.", valueName: "reason"))
  var again: String?

  @Flag(help: "Print one JSON object of metrics by mode, for dashboards.")
  var metricsOnly = false

  @OptionGroup var ledgerOptions: LedgerOptions
  @OptionGroup var composition: OverrideArguments<EvaluationExamples>
  @OptionGroup var tableOptions: TableOptions
  @OptionGroup var global: GlobalOptions
  var table: TableOptions? { tableOptions }

  func request(in session: Session) throws -> CompositionRequest? {
    try session.request(config: config, overrides: composition.overrides)
  }

  func validate() throws {
    if bundle != nil && runOptions.run != nil {
      throw ValidationError("--run and --bundle exclude each other; give one of them.")
    }
    if let again, !(1...1000).contains(again.utf8.count) {
      throw ValidationError("--again has \(again.utf8.count) bytes; allowed: 1...1000.")
    }
  }

  func run(in session: Session) throws -> ExitReason {
    let machine = try Machine(session.environment)  // first: a BLAS library must be loaded before any thread starts
    let workspace = try session.workspace()
    let settings = try EvaluationConfig(
      session.resolved(session.request(config: config, overrides: composition.overrides)))
    let path =
      try bundle.map { try BundleRun.path(of: $0, in: workspace) } ?? RunCatalog(in: workspace).path(runOptions.run)
    let store = EvaluationStore(path, in: workspace)
    let lock = try store.lock()
    let ledger = try ledgerOptions.metricsLedger(in: session, makingDirectory: true)
    let run = try EvaluatedRun(path, in: workspace, vocabulary: .ofThisBuild(), kernels: machine.kernels)
    let torn = try ledger.checkForAppending(pinned: ledgerOptions.ledger == nil ? run.metadata.ledgerHead : nil)
    if torn > 0 { session.talk.warn("\(ledger.name): a torn last line of \(torn) bytes will be put aside") }
    let problems = try ProblemSet(
      settings.split, of: settings.dataset?.open(in: workspace) ?? run.dataset, limit: settings.maximumProblems)
    let control = try reference.map {
      try ReferenceEvaluation(of: $0, on: problems, config: settings.digest, in: workspace)
    }

    let result = try EvaluationTask(subject: run.subject, settings: settings, machine: machine).run(
      on: problems, in: session)
    let winRates = try control.map { try result.winRates(over: $0.samples, of: $0.summary.runID) } ?? []
    let summary = try result.summary(
      id: store.freeID(for: result), recordedAt: WallClock.now(), codexVersion: CodexVersion.text,
      threads: machine.pool.threads, winRates: winRates)
    let published = try store.publish(result, summary)
    session.talk.say("samples and traces are in \(workspace.name(published))")
    let facts = try RunFacts(of: run, at: path, in: session)
    let identities = settings.modes.map { search in
      (search.mode.rawValue, result.identity(of: search, run: facts, askedBy: ConfigPathText.lastName(config)))
    }
    let evidence = EvaluationEvidence(
      summary, samples: result.answers.map(\.sample), identities: Dictionary(uniqueKeysWithValues: identities),
      again: again, reference: control?.summary)
    let head = try ledger.append(evidence.entries)
    try store.pin(head, holding: lock)
    session.talk.say("evidence is in \(ledger.name) up to seq \(head.sequence)")
    try EvaluationView(summary).render(to: session, metricsOnly: metricsOnly)
    return .yes
  }
}
