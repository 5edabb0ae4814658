import ArgumentParser

/// `codex plan`
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Plan for a problem, or judge a plan.",
    discussion: Example.text(
      "codex plan \"(37 + 45) * 6 - 12\"", "codex plan verify plan.txt --problem \"(37 + 45) * 6 - 12\""),
    subcommands: [PlanVerifyCommand.self])
}
