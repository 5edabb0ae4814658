import ArgumentParser

/// `codex traces`
struct TracesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "traces",
    abstract: "Read the plans that a run recorded.",
    discussion: Example.text("codex traces list", "codex traces show 3f9a", "codex traces validate"),
    subcommands: [TracesListCommand.self, TracesShowCommand.self, TracesValidateCommand.self])
}
