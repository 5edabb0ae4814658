import ArgumentParser

/// `codex metrics`
struct MetricsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "metrics",
    abstract: "Read, compare, check, merge and judge the evidence in the metrics ledger.",
    discussion: Example.text(
      "codex metrics summarize --metric reasoning.accuracy --by level", "codex metrics verify",
      "codex metrics gate --milestone M0"),
    subcommands: [
      MetricsSummarizeCommand.self, MetricsCompareCommand.self, MetricsVerifyCommand.self, MetricsMergeCommand.self,
      GateCommand.self,
    ])
}
