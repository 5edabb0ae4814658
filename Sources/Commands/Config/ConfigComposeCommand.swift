import ArgumentParser
import Composition

/// `codex config compose`
struct ConfigComposeCommand: ComposingVerb {
  static let configuration = CommandConfiguration(
    commandName: "compose",
    abstract: "Print a composed configuration, byte for byte as Hydra does.",
    discussion: Example.text(
      "codex config compose --config-dir conf --config-name config db=mysql",
      "codex config compose --template baseline --package training --resolve",
      "codex config compose --config-name evaluation/reasoning --info defaults-tree"))

  /// What of Hydra's `--cfg` exists here: there is no second configuration beside the job's.
  enum Part: String, ExpressibleByArgument, CaseIterable { case job }

  @OptionGroup var choice: ConfigChoice

  @Option(
    name: [.customLong("cfg"), .customShort("c")], help: "What to print; 'job' is all there is, and the default.")
  var part: Part = .job

  @Flag(help: "Replace interpolations by their values.")
  var resolve = false

  @Option(
    name: [.customLong("package"), .customShort("p")],
    help: ArgumentHelp("Print only what is at this dotted path.", valueName: "path"))
  var package: String?

  @Option(name: [.customLong("info"), .customShort("i")], help: "Print how it is composed instead.")
  var info: CompositionInfo.Topic?

  @OptionGroup var multirunOptions: MultirunOptions
  @OptionGroup var composition: OverrideArguments<TrainingExamples>
  @OptionGroup var tableOptions: TableOptions
  @OptionGroup var global: GlobalOptions
  var table: TableOptions? { tableOptions }

  func validate() throws {
    if multirunOptions.multirun && info != nil {
      throw ValidationError("--info is about one run; leave --multirun out.")
    }
  }

  func request(in session: Session) throws -> CompositionRequest? {
    let request = try choice.request(overrides: composition.overrides, in: session)
    return try multirunOptions.multirun ? request.firstOfMany() : request
  }

  func run(in session: Session) throws -> ExitReason {
    let request = try choice.request(overrides: composition.overrides, in: session)
    if multirunOptions.multirun { return try runMany(request, in: session) }
    let composed = try request.composed()
    if let info {
      try CompositionInfo(composed).render(info, to: session)
    } else {
      let view = try PackageView(composed, path: package, isResolved: resolve, inputs: request.inputs)
      session.warn(of: view.notices)
      try session.output.text(session.wantsJSON ? view.node.jsonText + "\n" : view.yaml)
    }
    return .yes
  }

  /// Prints each run's configuration under its overrides; one that does not compose is said, and the others go on.
  private func runMany(_ request: CompositionRequest, in session: Session) throws -> ExitReason {
    var failure: ExitReason?
    for job in try request.jobs() {
      do {
        let view = try PackageView(
          request.with(job.overrides).composed(), path: package, isResolved: resolve, inputs: request.inputs)
        try session.output.text(
          session.wantsJSON ? ConfigJSON.text(job.json(with: view.node)) + "\n" : "# \(job.title)\n\(view.yaml)---\n")
      } catch let error as ConfigError {
        session.talk.fail("\(job.title): \(ErrorText.sentence(for: error, quoting: session.sources))")
        failure = failure ?? ExitReason(for: error)
        if multirunOptions.failFast { break }
      }
    }
    return failure ?? .yes
  }
}
