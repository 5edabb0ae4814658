import ArgumentParser
import Ledger
import Storage

/// `codex metrics summarize`
struct MetricsSummarizeCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "summarize",
    abstract: "Summarise a metric over each run's newest measurement.",
    discussion: Example.text(
      "codex metrics summarize --metric reasoning.trace_coverage",
      "codex metrics summarize --metric reasoning.accuracy --by level --run latest --mode best-first"))

  @OptionGroup var options: MetricOptions

  @Option(help: "What the answers are pooled by.")
  var by: MetricSummary.Grouping = .run

  @Option(
    help: "Only this run: its id, its directory or 'latest'. Default: every run in the ledger.", completion: .runs)
  var run: String?

  @OptionGroup var tableOptions: TableOptions
  @OptionGroup var global: GlobalOptions
  var table: TableOptions? { tableOptions }

  func run(in session: Session) throws -> ExitReason {
    let workspace = try session.workspace()
    let summary = try MetricSummary(
      of: options.metric, in: options.contents(in: session), by: by,
      runID: run.map { try RunName.id($0, in: workspace) }, mode: options.mode?.rawValue)
    try session.render(
      "codex.metric_summary/1", .array(summary.rows.map(Self.json)), table: { Self.table(summary, by: by) })
    return .yes
  }

  private static func json(_ row: MetricSummary.Row) -> JSONValue {
    .object([
      "budget": .string(row.budget), "dataset": .string(row.dataset), "evaluation": .string(row.evaluation),
      "group": .string(row.group), "lower": row.lower.map { .double($0) } ?? .null,
      "mode": .string(row.mode), "n": .int(Int64(row.count)), "run_id": .string(row.run),
      "split": .string(row.split), "upper": row.upper.map { .double($0) } ?? .null,
      "value": row.value.map { .double($0) } ?? .null,
    ])
  }

  private static func table(_ summary: MetricSummary, by grouping: MetricSummary.Grouping) -> Table {
    var table = Table([
      .init("dataset"), .init("split"), .init("mode"), .init("budget", .right), .init("run"),
      .init(grouping == .run ? (summary.metric == .winRate ? "over" : "asked by") : grouping.rawValue),
      .init("n", .right),
      .init(summary.metric.rawValue, .right), .init("95 %", .right),
    ])
    let figure = FigureText(metric: summary.metric)
    for row in summary.rows {
      table.add([
        StyledText(row.dataset), StyledText(row.split), StyledText(row.mode), StyledText(row.budget),
        StyledText(row.run, .cyan), StyledText(Self.group(row, by: grouping)), StyledText(String(row.count)),
        figure.text(row.value), figure.interval(row.lower, row.upper),
      ])
    }
    return table
  }

  /// By run, the run has a column of its own: what asked it, or what it was compared with, takes the group's.
  private static func group(_ row: MetricSummary.Row, by grouping: MetricSummary.Grouping) -> String {
    guard grouping == .run else { return row.group }
    let compared = row.group.dropFirst(row.run.count + " over ".count)
    return row.group.hasPrefix(row.run + " over ") ? String(compared) : row.evaluation
  }
}
