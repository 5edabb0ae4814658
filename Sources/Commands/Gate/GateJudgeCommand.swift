import ArgumentParser
import Ledger

/// `codex gate judge`, which `codex gate` abbreviates
struct GateJudgeCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "judge",
    abstract: "Judge a milestone of a run on the ledger's evidence; exit 1 when it does not pass.",
    discussion: Example.text(
      "codex gate --milestone M0", "codex gate --all --run latest --junit gates.xml",
      "codex gate --milestone M2 --dry-run --json")
      + "\n\nReasons and exit codes: docs/reference/gates.md. In CI: docs/guides/ci_gating.md.")

  @Option(help: ArgumentHelp("The milestone to judge, with all before it.", valueName: "id"), completion: .milestones)
  var milestone: String?

  @Flag(help: "Judge every milestone; exit 0 only when all pass.")
  var all = false

  @OptionGroup var runOptions: RunOptions

  @OptionGroup var ledgerOptions: LedgerOptions

  @OptionGroup var configChoice: GateConfigChoice

  @Option(
    help: ArgumentHelp("Also write a JUnit report, whatever the outcome.", valueName: "file"), completion: .file())
  var junit: String?

  @Flag(help: "Also print GitHub annotations, and append to the job's summary ($GITHUB_STEP_SUMMARY).")
  var github = false

  @Option(help: ArgumentHelp("Ask the model this many problems of each figure again.", valueName: "n"))
  var recheck: Int?

  @OptionGroup var attestation: GateAttestation

  @Flag(help: "Do not append the verdict to the ledger.")
  var dryRun = false

  @OptionGroup var tableOptions: TableOptions
  @OptionGroup var global: GlobalOptions
  var table: TableOptions? { tableOptions }

  func validate() throws {
    if (milestone == nil) != all { throw ValidationError("Give either --milestone or --all.") }
    if let recheck, !(1...100_000).contains(recheck) {
      throw ValidationError("--recheck is \(recheck); allowed: 1...100000.")
    }
    if github && tableOptions.json {
      throw ValidationError("--github and --json exclude each other: both write to standard output; give one of them.")
    }
  }

  func run(in session: Session) throws -> ExitReason {
    let key = try attestation.key(in: session)
    let report = GateReport(
      request: GateRequest(
        milestone: milestone, run: runOptions.run, ledger: ledgerOptions, config: configChoice,
        recheck: recheck),
      recording: !dryRun, in: session)
    configChoice.warn(of: report, in: session)
    try attestation.write(report, signedBy: key, in: session)
    try GateOutputs(junit: junit, github: github).write(report, in: session)
    if case .failure(let failure) = report.outcome { throw failure }
    return report.passed ? .yes : .no
  }
}
