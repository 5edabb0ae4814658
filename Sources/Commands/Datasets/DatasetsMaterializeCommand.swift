import ArgumentParser
import Datasets
import Schemas
import Storage

/// `codex datasets materialize`
struct DatasetsMaterializeCommand: ComposingVerb {
  static let configuration = CommandConfiguration(
    commandName: "materialize",
    abstract: "Generate a set of problems with exact solutions, split by hash.",
    discussion: Example.text(
      "codex datasets materialize --preset reasoning/baseline",
      "codex datasets materialize --template curriculum --seed 7",
      "codex datasets materialize --preset reasoning/countdown dataset.sizes.train=1000"))

  @Option(help: "A preset of configs/datasets/, e.g. reasoning/baseline.", completion: .presets)
  var preset: String?

  @Option(help: "A template instead: its dataset, divided into its curriculum's stages.", completion: .templates)
  var template: String?

  @Option(help: "Seed of the generator; same as dataset.seed=N.")
  var seed: UInt32?

  @Option(
    help: ArgumentHelp("The directory to write. Default: one below datasets/.", valueName: "dir"),
    completion: .directory)
  var output: String?

  @Flag(help: "Replace --output if it exists.")
  var force = false

  @OptionGroup var composition: OverrideArguments<DatasetExamples>
  @OptionGroup var tableOptions: TableOptions
  @OptionGroup var global: GlobalOptions
  var table: TableOptions? { tableOptions }

  func validate() throws {
    if (preset == nil) == (template == nil) { throw ValidationError("Give either --preset or --template.") }
  }

  func request(in session: Session) throws -> CompositionRequest? {
    let overrides = composition.overrides + (seed.map { ["dataset.seed=\($0)"] } ?? [])
    if let template { return try session.request(template: template, overrides: overrides) }
    return try preset.map {
      try DatasetPreset.checkName($0, in: session)
      return try session.request(config: DatasetPreset.config($0), overrides: overrides)
    }
  }

  func run(in session: Session) throws -> ExitReason {
    guard let asked = try request(in: session) else { preconditionFailure("validate() wants a preset or a template") }
    let resolved = try session.resolved(asked)
    try DatasetPreset.check(resolved, in: session)
    let request = try DatasetRequest(resolved)
    let (path, root): (StoragePath, StorageRoot)
    if let output {
      try DatasetPlace.check(output, from: session.filesPath)
      let place = try UserFile(output, from: session.filesPath, makingDirectory: true)
      session.talk.say("materialising \(request.exampleCount) problems in \(place.root.name(place.path))")
      try Materializer.materialize(
        request.config, curriculum: request.curriculum, at: place.path, in: place.root, replacing: force)
      (path, root) = (place.path, place.root)
    } else {
      root = try session.workspace()
      let made = try request.materialize(in: root, talk: session.talk)
      path = made.path
      if !made.isNew { session.talk.say("\(path) is there already") }
    }
    let dataset = try Dataset(at: path, in: root)
    try session.render(
      "codex.dataset/1", dataset.summary(at: root.name(path)), table: { dataset.table(at: root.name(path)) })
    return .yes
  }
}
