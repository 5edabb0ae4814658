import ArgumentParser

/// The root of the command line.
struct CodexCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "codex",
    abstract: "Train, judge and use small reasoning models on ordinary CPUs.",
    discussion: Example.text(
      "codex train --template baseline", "codex evaluate", "codex plan \"(37 + 45) * 6 - 12\"")
      + "\n\n\(CompletionScript.hint)",
    version: CodexVersion.line,
    groupedSubcommands: [
      CommandGroup(name: "Models", subcommands: [TrainCommand.self, EvaluateCommand.self, PlanCommand.self]),
      CommandGroup(
        name: "Evidence",
        subcommands: [TracesCommand.self, MetricsCommand.self, GateCommand.self, AttestationCommand.self]),
      CommandGroup(
        name: "Releases",
        subcommands: [RegisterCommand.self, RegistryCommand.self, DeployCommand.self, ServeCommand.self]),
      CommandGroup(
        name: "Workspace",
        subcommands: [
          InitCommand.self, TemplatesCommand.self, ConfigCommand.self, DatasetsCommand.self, DoctorCommand.self,
        ]),
    ])

  /// Here too, so that `codex --workspace DIR train` is read as well as `codex train --workspace DIR`.
  @OptionGroup var global: GlobalOptions
  @OptionGroup var tableOptions: TableOptions

  static let _errorPrefix = "codex: "
}

/// The examples that open a help text.
enum Example {
  static func text(_ commandLines: String...) -> String {
    "EXAMPLE\(commandLines.count > 1 ? "S" : ""):\n"
      + commandLines.map(HelpText.whole).joined(separator: "\n")
  }
}
