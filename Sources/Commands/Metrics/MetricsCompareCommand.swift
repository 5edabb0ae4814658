import ArgumentParser
import Ledger
import Storage

/// `codex metrics compare`
struct MetricsCompareCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare two runs problem by problem on their newest answers.",
    discussion: Example.text("codex metrics compare --metric reasoning.accuracy --reference control"))

  @OptionGroup var options: MetricOptions

  @Option(help: "The run compared with: its id, its directory or 'latest'.", completion: .runs)
  var reference: String

  @Option(help: "The run: its id, its directory or 'latest'.", completion: .runs)
  var run = "latest"

  @OptionGroup var tableOptions: TableOptions
  @OptionGroup var global: GlobalOptions
  var table: TableOptions? { tableOptions }

  func run(in session: Session) throws -> ExitReason {
    let workspace = try session.workspace()
    let comparison = try MetricComparison(
      of: options.metric, in: options.contents(in: session), runID: RunName.id(run, in: workspace),
      reference: RunName.id(reference, in: workspace), mode: options.mode?.rawValue)
    try session.render(
      "codex.metric_comparison/1", .array(comparison.rows.map(Self.json)), table: { Self.table(comparison) })
    return .yes
  }

  private static func json(_ row: MetricComparison.Row) -> JSONValue {
    .object([
      "dataset": .string(row.dataset),
      "detectable_difference": row.detectableDifference.map { .double($0) } ?? .null, "losses": .int(Int64(row.losses)),
      "lower": .double(row.lower),
      "mode": .string(row.mode), "n": .int(Int64(row.count)), "p": .double(row.pValue),
      "p_adjusted": .double(row.adjustedPValue),
      "reference_value": row.referenceValue.map { .double($0) } ?? .null, "ties": .int(Int64(row.ties)),
      "upper": .double(row.upper), "value": row.value.map { .double($0) } ?? .null, "win_rate": .double(row.winRate),
      "wins": .int(Int64(row.wins)),
    ])
  }

  private static func table(_ comparison: MetricComparison) -> Table {
    var table = Table([
      .init("dataset"), .init("mode"), .init("n", .right), .init(comparison.compared.rawValue, .right),
      .init("reference", .right), .init("wins", .right), .init("ties", .right), .init("losses", .right),
      .init("win rate (95 %)", .right), .init("p (Holm)", .right),
    ])
    let figure = FigureText(metric: comparison.metric)
    for row in comparison.rows {
      let rate = Decimal.text(row.winRate, places: 3) + " " + Decimal.interval(row.lower, row.upper, places: 3)
      table.add([
        StyledText(row.dataset), StyledText(row.mode), StyledText(String(row.count)), figure.text(row.value),
        figure.text(row.referenceValue), StyledText(String(row.wins)), StyledText(String(row.ties)),
        StyledText(String(row.losses)), StyledText(rate, .bold),
        StyledText(Decimal.text(row.adjustedPValue, places: 4)),
      ])
    }
    return table
  }
}
