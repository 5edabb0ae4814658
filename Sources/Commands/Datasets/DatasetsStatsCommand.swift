import ArgumentParser
import Datasets
import Schemas
import Storage

/// `codex datasets stats`
struct DatasetsStatsCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Count a dataset: files, categories, steps per solution.",
    discussion: Example.text("codex datasets stats datasets/reasoning/baseline/0123456789ab"))

  @Argument(help: ArgumentHelp("The dataset's directory.", valueName: "dir"), completion: .directory)
  var directory: String

  @OptionGroup var tableOptions: TableOptions
  @OptionGroup var global: GlobalOptions
  var table: TableOptions? { tableOptions }

  func run(in session: Session) throws -> ExitReason {
    let place = try UserFile(directory, from: session.filesPath)
    let dataset = try Dataset(at: place.path, in: place.root)
    if session.wantsJSON {
      let record = try RecordEncoder().bytes(of: dataset.statistics)
      try session.output.text(String(decoding: record, as: UTF8.self) + "\n")
    } else {
      try Self.table(dataset.statistics).write(to: session.output)
      try session.output.line()
      try session.output.text(dataset.histogram())
    }
    return .yes
  }

  private static func table(_ statistics: SplitStatsRecord) -> Table {
    var table = Table([
      .init("file"), .init("split"), .init("stage"), .init("problems", .right), .init("steps"), .init("categories"),
    ])
    for file in statistics.files {
      let steps = file.stepStats
      table.add([
        StyledText(file.path, .cyan), StyledText(file.split), StyledText(file.stage ?? "-"),
        StyledText(String(file.count)),
        StyledText("\(steps.minimum)…\(steps.maximum), mean \(Decimal.text(steps.average, places: 1))"),
        StyledText(file.categories.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")),
      ])
    }
    return table
  }
}
