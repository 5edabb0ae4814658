import ArgumentParser

/// `codex gate`, and the same as `codex metrics gate`
struct GateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gate",
    abstract: "Judge a milestone of a run on the ledger's evidence, or declare that it will be asked.",
    discussion: Example.text(
      "codex gate --milestone M0", "codex gate --all --run latest --junit gates.xml",
      "codex gate declare --milestone M1", "codex gate show M1")
      + "\n\nOptions for judging: 'codex gate judge --help'. In CI: docs/guides/ci_gating.md.",
    subcommands: [
      GateJudgeCommand.self, GateDeclareCommand.self, GateShowCommand.self, GatePinCommand.self,
      GateMigrateCommand.self,
    ],
    defaultSubcommand: GateJudgeCommand.self)
}
