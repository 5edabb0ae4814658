import ArgumentParser
import Composition
import Datasets
import Storage

/// `codex datasets list`
struct DatasetsListCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the presets, and where they have been materialised.",
    discussion: Example.text("codex datasets list", "codex datasets list --json"))

  @OptionGroup var tableOptions: TableOptions
  @OptionGroup var global: GlobalOptions
  var table: TableOptions? { tableOptions }

  private struct Row {
    let source: ConfigSources.Provenance
    let config: DatasetConfig
    let directories: [StoragePath]
  }

  func run(in session: Session) throws -> ExitReason {
    let workspace = try session.workspace()
    let sources = try session.configSources()
    let rows = try sources.options(in: DatasetPreset.group).map { name in
      let preset = "reasoning/\(name)"
      return Row(
        source: sources.provenance(of: DatasetPreset.config(preset)) ?? .builtIn,
        config: try DatasetConfig(Composer(sources).compose(config: DatasetPreset.config(preset))),
        directories: try DatasetPreset.directories(of: preset, in: workspace))
    }
    try session.render("codex.datasets/1", .array(rows.map(Self.json)), table: { Self.table(rows) })
    return .yes
  }

  private static func json(_ row: Row) -> JSONValue {
    .object([
      "directories": .array(row.directories.map { .string($0.description) }), "preset": .string(row.config.preset),
      "sizes": .object(
        JSONObject(Split.allCases.map { .init($0.rawValue, .int(Int64(row.config.sizes[$0] ?? 0))) })),
      "source": .string(row.source.rawValue), "style": .string(row.config.style.rawValue),
      "worlds": .array(row.config.worlds.map { .string($0.rawValue) }),
    ])
  }

  private static func table(_ rows: [Row]) -> Table {
    var table = Table([
      .init("preset"), .init("source"), .init("worlds"), .init("plans as"), .init("train", .right),
      .init("test", .right),
      .init("materialised in"),
    ])
    for row in rows {
      table.add([
        StyledText(row.config.preset, .cyan), StyledText(row.source.rawValue),
        StyledText(row.config.worlds.map(\.rawValue).joined(separator: ", ")),
        StyledText(row.config.style.rawValue), StyledText(String(row.config.sizes[.train] ?? 0)),
        StyledText(String(row.config.sizes[.test] ?? 0)),
        StyledText(row.directories.isEmpty ? "-" : row.directories.map(\.description).joined(separator: ", ")),
      ])
    }
    return table
  }
}
