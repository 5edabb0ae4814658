import ArgumentParser
import Composition
import Datasets
import Evaluation
import Ledger
import Schemas
import Storage

/// The gates file of the workspace that a command changes.
struct GateFileOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The milestones: a config below configs/.", valueName: "file"), completion: .configs(in: "gates")
  )
  var config = "configs/gates/milestones.yaml"

  @Flag(help: "Only show what would change.")
  var dryRun = false

  /// Its path below the workspace.
  func path() throws -> StoragePath { try StoragePath(parsing: "configs/\(ConfigPathText.name(config)).yaml") }

  /// Shows what `edit` makes of the file, and writes it.
  func apply(in session: Session, _ edit: ([UInt8], String) throws -> GatesFileEdit) throws -> ExitReason {
    let workspace = try session.workspace()
    let path = try path()
    guard let (bytes, file) = try session.configSources().read(ConfigPathText.name(config)) else {
      throw ConfigError.primaryConfigNotFound(name: ConfigPathText.name(config), nearest: [])
    }
    let made = try edit(bytes, file)
    for note in made.notes { session.talk.warn(note) }
    guard made.before != made.after else {
      session.talk.say("\(file): nothing to change")
      return .yes
    }
    for line in LineDifference(from: made.before, to: made.after).lines {
      let style: StyledText.Style? = line.hasPrefix("+") ? .green : line.hasPrefix("-") ? .red : nil
      try session.output.line(style.map { StyledText(line, $0) } ?? StyledText(line))
    }
    if dryRun { return .yes }
    try workspace.makeDirectory(path.parent)
    try workspace.atomicReplace(path, Array(made.after.utf8))
    session.talk.say("wrote \(workspace.name(path))")
    return .yes
  }
}

extension Session {
  /// What this workspace's configs, templates and frozen datasets are now.
  func presentDigests() throws -> PresentDigests {
    let sources = try configSources()
    let catalog = TemplateCatalog(sources)
    let composer = Composer(sources)
    let workspace = try workspace()
    let talk = talk
    let evaluations = sources.list.map(\.name).filter { $0.hasPrefix("evaluation/") }.compactMap { name in
      (try? EvaluationConfig(composer.compose(config: name))).map { (name, $0) }
    }
    return PresentDigests(
      template: { try? catalog.compose($0).digest },
      evaluation: { name in
        (try? composer.compose(config: "evaluation/\(name)").digest)
          ?? (try? composer.compose(config: "deploy/\(name)").digest)
      },
      dataset: { preset in evaluations.compactMap(\.1.dataset).first { $0.preset == preset }?.digest },
      trainingData: { template in
        guard let request = try? DatasetRequest(catalog.compose(template)) else { return nil }
        return PresentDigests.TrainingData(name: request.name) {
          if let known = GatesConfig.standardTrainingData[request.name] { return known }
          talk.say("making the \(request.exampleCount) problems of \(request.name), to hash them")
          return try? Materializer.contentDigest(request.config, curriculum: request.curriculum)
        }
      },
      problems: { name in
        guard let config = evaluations.first(where: { $0.0 == "evaluation/\(name)" })?.1, let dataset = config.dataset
        else { return nil }
        return try? ProblemSet(config.split, of: dataset.open(in: workspace), limit: config.maximumProblems).digest
      })
  }
}
