import ArgumentParser

/// `codex datasets`
struct DatasetsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "datasets",
    abstract: "Make, import and check sets of problems with exact solutions.",
    discussion: Example.text("codex datasets materialize --preset reasoning/baseline", "codex datasets list"),
    subcommands: [
      DatasetsListCommand.self, DatasetsMaterializeCommand.self, DatasetsVerifyCommand.self, DatasetsStatsCommand.self,
      DatasetsImportCommand.self,
    ])
}
