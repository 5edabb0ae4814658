import Schemas
import Storage

/// An evaluation's scores for people, as the record itself, or as metrics for dashboards.
struct EvaluationView {
  private let summary: EvaluationSummary

  init(_ summary: EvaluationSummary) { self.summary = summary }

  func render(to session: Session, metricsOnly: Bool) throws {
    if metricsOnly {
      try session.output.json("codex.metrics/1", metrics)
    } else if session.wantsJSON {
      try session.output.text(String(decoding: RecordEncoder().bytes(of: summary), as: UTF8.self) + "\n")
    } else {
      for mode in summary.modes { try session.output.sentence(answer(mode)) }
      try session.output.line()
      try scores.write(to: session.output)
      if !summary.winRates.isEmpty {
        try session.output.line()
        try winRates.write(to: session.output)
      }
    }
  }

  /// What was asked for, before the details: `greedy: 34.6 % of 1000 problems of 'test' solved [31.7, 37.6], run …`.
  private func answer(_ mode: ModeSummary) -> StyledText {
    let accuracy = mode.overall.accuracy
    let interval = Decimal.interval(accuracy.lower * 100, accuracy.upper * 100, places: 1)
    return StyledText("\(mode.mode): ", .bold) + StyledText(Decimal.percent(accuracy.value), .bold)
      + StyledText(" of \(accuracy.total) problems of '\(summary.split)' solved \(interval), run \(summary.runID)")
  }

  private var scores: Table {
    var table = Table([
      .init("mode"), .init("group"), .init("n", .right), .init("accuracy (95 %)", .right),
      .init("first try", .right), .init("coverage (95 %)", .right), .init("p50 ms", .right), .init("p95 ms", .right),
      .init("evaluations", .right),
    ])
    for mode in summary.modes {
      for score in [mode.overall] + (mode.worlds.count > 1 ? mode.worlds : []) + mode.levels + mode.categories {
        let isOverall = score.group == mode.overall.group
        table.add([
          StyledText(isOverall ? mode.mode : "", .bold), StyledText(score.group),
          StyledText(String(score.accuracy.total)),
          Self.share(score.accuracy), StyledText(Decimal.percent(score.firstAttemptAccuracy.value)),
          Self.share(score.traceCoverage), Self.milliseconds(score.latency.p50Milliseconds),
          Self.milliseconds(score.latency.p95Milliseconds),
          StyledText(Decimal.text(score.meanModelEvaluations, places: 1)),
        ])
      }
    }
    return table
  }

  private var winRates: Table {
    var table = Table([
      .init("win rate over"), .init("mode"), .init("rate (95 %)", .right), .init("wins", .right), .init("ties", .right),
      .init("losses", .right),
    ])
    for rate in summary.winRates {
      let interval =
        "\(Decimal.text(rate.value, places: 3)) " + Decimal.interval(rate.lower, rate.upper, places: 3)
      table.add([
        StyledText(rate.referenceRunID), StyledText(rate.mode), StyledText(interval), StyledText(String(rate.wins)),
        StyledText(String(rate.ties)), StyledText(String(rate.losses)),
      ])
    }
    return table
  }

  /// Metrics by mode: shares in [0, 1], never percentages.
  private var metrics: JSONValue {
    .object(
      JSONObject(
        summary.modes.map { mode in
          var members: [JSONObject.Member] = [
            .init("accuracy", .double(mode.overall.accuracy.value)),
            .init("accuracy_lower", .double(mode.overall.accuracy.lower)),
            .init("latency_p50_ms", mode.overall.latency.p50Milliseconds.map { .double($0) } ?? .null),
            .init("latency_p95_ms", mode.overall.latency.p95Milliseconds.map { .double($0) } ?? .null),
            .init("model_evaluations", .double(mode.overall.meanModelEvaluations)),
            .init("trace_coverage", .double(mode.overall.traceCoverage.value)),
            .init("trace_coverage_lower", .double(mode.overall.traceCoverage.lower)),
          ]
          if let rate = summary.winRates.first(where: { $0.mode == mode.mode }) {
            members += [.init("win_rate", .double(rate.value)), .init("win_rate_lower", .double(rate.lower))]
          }
          return .init(mode.mode, .object(JSONObject(members)))
        }))
  }

  private static func share(_ share: ShareRecord) -> StyledText {
    StyledText(
      "\(Decimal.percent(share.value)) " + Decimal.interval(share.lower * 100, share.upper * 100, places: 1))
  }

  private static func milliseconds(_ value: Double?) -> StyledText {
    value.map { StyledText(Decimal.text($0, places: 2)) } ?? StyledText("∞", .red)
  }
}
