import ArgumentParser

/// `codex config`
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Compose configurations as Hydra does, and explain, check and describe them.",
    discussion: Example.text(
      "codex config compose --config-dir conf --config-name config db=mysql", "codex config explain training.max_steps"),
    subcommands: [
      ConfigComposeCommand.self, ConfigExplainCommand.self, ConfigParseCommand.self, ConfigLintCommand.self,
      ConfigSchemaCommand.self,
    ])
}
