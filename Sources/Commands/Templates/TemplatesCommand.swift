import ArgumentParser

/// `codex reasoning-templates`
struct TemplatesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reasoning-templates",
    abstract: "Inspect, compose and version the templates that models are trained from.",
    discussion: Example.text("codex reasoning-templates list", "codex reasoning-templates explain baseline"),
    subcommands: [
      TemplatesListCommand.self, TemplatesShowCommand.self, TemplatesExplainCommand.self, TemplatesComposeCommand.self,
      TemplatesValidateCommand.self, TemplatesBumpCommand.self,
    ])
}
