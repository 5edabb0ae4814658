import ArgumentParser

/// `codex plan`
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Plan for a problem, or judge a plan.",
    discussion: Example.text(
      "codex plan \"(37 + 45) * 6 - 12\"", "codex plan \"reach 449 from 5 12 37\" --mode best-first --render text",
      "codex plan verify plan.txt --problem \"(37 + 45) * 6 - 12\"")
      + "\n\nOptions for planning: 'codex plan make --help'.",
    subcommands: [PlanMakeCommand.self, PlanVerifyCommand.self],
    defaultSubcommand: PlanMakeCommand.self)
}
