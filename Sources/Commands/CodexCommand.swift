import ArgumentParser

/// The root of the command line.
struct CodexCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "codex",
    abstract: "Train, judge and use small reasoning models on ordinary CPUs.",
    discussion: Example.text(
      "codex train --template baseline", "codex evaluate", "codex plan \"(37 + 45) * 6 - 12\""),
    version: CodexVersion.text,
    subcommands: [
      InitCommand.self, TemplatesCommand.self, ConfigCommand.self, DatasetsCommand.self, TrainCommand.self,
      EvaluateCommand.self, PlanCommand.self, TracesCommand.self, MetricsCommand.self, GateCommand.self,
      AttestationCommand.self, RegisterCommand.self, RegistryCommand.self, DeployCommand.self, ServeCommand.self,
      DoctorCommand.self,
    ])

  /// Here too, so that `codex --workspace DIR train` is read as well as `codex train --workspace DIR`.
  @OptionGroup var global: GlobalOptions

  static let _errorPrefix = "codex: "
}

/// The examples that open a help text.
enum Example {
  static func text(_ commandLines: String...) -> String {
    "EXAMPLE\(commandLines.count > 1 ? "S" : ""):\n" + commandLines.map { "  " + $0 }.joined(separator: "\n")
  }
}
