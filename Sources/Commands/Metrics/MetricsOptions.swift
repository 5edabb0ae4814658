import ArgumentParser
import Ledger
import Planning
import Runs
import Schemas
import Storage

extension MetricName: ExpressibleByArgument {}
extension PlanningMode: ExpressibleByArgument {}
extension MetricSummary.Grouping: ExpressibleByArgument {}

/// Which metric of which ledger, in which mode.
struct MetricOptions: ParsableArguments {
  @Option(help: "A metric, e.g. reasoning.accuracy (docs/reference/ledger.md).", completion: .metrics)
  var metric: MetricName

  @Option(help: "Only this mode. Default: each.")
  var mode: PlanningMode?

  @OptionGroup var ledgerOptions: LedgerOptions

  func contents(in session: Session) throws -> LedgerContents {
    try ledgerOptions.reading(in: session) { try $0.soundContents() }
  }
}

/// The id of the run that an option names: a ledger knows runs by id, also those that are no longer there.
enum RunName {
  /// - Parameter text: An id, or what only the workspace can resolve: `latest`, or a directory.
  static func id(_ text: String, in workspace: StorageRoot) throws -> String {
    guard text == "latest" || text.contains("/") else {
      let id = try RunID(parsing: text).text
      do {
        let path = try RunCatalog(in: workspace).path(id)
        return path.lastComponent?.text ?? id
      } catch let error as RunError {
        guard case .missing = error else { throw error }
        return id
      }
    }
    return try StoredRun(at: RunCatalog(in: workspace).path(text), in: workspace).metadata.runID
  }
}

/// Figures in a metric's unit, for people.
struct FigureText {
  let metric: MetricName

  func text(_ value: Double?) -> StyledText {
    guard let value else { return StyledText("∞", .red) }
    return StyledText(
      metric.unit == .ratio ? Decimal.percent(value) : Decimal.text(value, places: metric.unit == .count ? 1 : 2))
  }

  func interval(_ lower: Double?, _ upper: Double?) -> StyledText {
    guard let lower, let upper else { return StyledText("-") }
    return StyledText(Decimal.interval(lower * 100, upper * 100, places: 1))
  }
}
