import ArgumentParser
import Datasets
import Storage
import Worlds

extension SolutionStyle: ExpressibleByArgument {}

/// `codex datasets import`
struct DatasetsImportCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Turn JSON lines of question, answer and metadata into a dataset; what cannot be verified is refused.",
    discussion: Example.text("codex datasets import problems.jsonl --output datasets/mine"))

  @Argument(help: ArgumentHelp("The file; one object a line.", valueName: "file"), completion: .file())
  var file: String

  @Option(help: ArgumentHelp("The directory to write.", valueName: "dir"), completion: .directory)
  var output: String

  @Option(help: "The dataset's name. Default: the file's name without its ending.")
  var preset: String?

  @Option(help: "How solutions are written.")
  var style = SolutionStyle.actions

  @Flag(help: "Replace --output if it exists.")
  var force = false

  @OptionGroup var tableOptions: TableOptions
  @OptionGroup var global: GlobalOptions
  var table: TableOptions? { tableOptions }

  /// Bytes of a foreign file.
  static let byteLimit = 1 << 30

  func run(in session: Session) throws -> ExitReason {
    let source = try UserFile(file, from: session.filesPath)
    try DatasetPlace.check(output, from: session.filesPath)
    let place = try UserFile(output, from: session.filesPath, makingDirectory: true)
    let name = source.path.description
    let stem = String(name.prefix { $0 != "." })
    try Importer.importLines(
      MappedFile(source.path, in: source.root, limit: Self.byteLimit), name: name, preset: preset ?? stem, style: style,
      at: place.path, in: place.root, replacing: force)
    let dataset = try Dataset(at: place.path, in: place.root)
    let shown = place.root.name(place.path)
    try session.render("codex.dataset/1", dataset.summary(at: shown), table: { dataset.table(at: shown) })
    return .yes
  }
}
