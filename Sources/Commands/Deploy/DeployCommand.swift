import ArgumentParser
import Deployment
import Runs

/// `codex deploy`
struct DeployCommand: ComposingVerb {
  static let configuration = CommandConfiguration(
    commandName: "deploy",
    abstract: "Judge whether a run's bundle may become a pod; without --dry-run, write its manifest.",
    discussion: Example.text(
      "codex deploy --dry-run --latency-report",
      "codex deploy --config configs/deploy/reasoning_pod.yaml --dry-run",
      "codex deploy --bundle reasoning/M0 pod.replicas=2")
        + """
        \n
        Exit 0: it may. Exit 1: it may not, and the findings say why. A dry run asks the same questions and writes nothing \
        but its report: with --latency-report, what was measured without overrides is appended to the metrics ledger. A \
        deployment always measures. Overrides count as manual ones: milestone M3 asks for none.

        A manifest that was written is rendered, not deployed. Whoever applies it says so with --report and its digest; \
        milestone M3 counts what was applied.
        """)

  @Option(
    help: ArgumentHelp("The pod: a config below configs/.", valueName: "file"), completion: .configs(in: "deploy"))
  var config = "configs/deploy/reasoning_pod.yaml"

  @Option(help: ArgumentHelp("The run: a directory with run_metadata.json.", valueName: "dir"), completion: .directory)
  var runMetadataDir = RunCatalog.latest.description

  @Option(
    help: ArgumentHelp("The bundle. Default: the one registered last for the run.", valueName: "ref"),
    completion: .bundles)
  var bundle: String?

  @OptionGroup var ledgerOptions: LedgerOptions
  @Flag(help: "Ask only.")
  var dryRun = false

  @Flag(help: "Measure latency over the bundle's probe problems, open loop, and keep it as evidence for M2.")
  var latencyReport = false

  @OptionGroup var report: RolloutReportOptions
  @OptionGroup var composition: OverrideArguments<DeploymentExamples>
  @OptionGroup var tableOptions: TableOptions
  @OptionGroup var global: GlobalOptions
  var table: TableOptions? { tableOptions }

  func request(in session: Session) throws -> CompositionRequest? {
    try session.request(config: config, overrides: composition.overrides)
  }

  func run(in session: Session) throws -> ExitReason {
    if let report = try report.reported() {
      return try RolloutReporting(ledgerOptions.metricsLedger(in: session)).append(report, in: session)
    }
    let machine = try Machine(session.environment)  // first: a BLAS library must be loaded before any thread starts
    let task = try DeployTask(self, machine: machine, in: session)
    let latency = latencyReport || !dryRun ? try task.measureLatency() : nil
    let run = try task.subject()
    let review = try task.review(latency, of: run)
    let findings = review.findings()
    if let latency, composition.overrides.isEmpty {
      try task.record(latency, of: run)
    } else if latency != nil {
      session.talk.warn("measured under overrides, so it is no evidence of the pod: not appended to the ledger")
    }
    let manifest = findings.isEmpty && !dryRun ? try task.deploy() : nil
    try DeployView(review: review, findings: findings, manifest: manifest, isDryRun: dryRun).render(to: session)
    return findings.isEmpty ? .yes : .no
  }
}
