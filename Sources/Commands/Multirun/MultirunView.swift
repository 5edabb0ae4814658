import Storage

/// The jobs of a multirun for people and for scripts: what was swept, and what became of it.
struct MultirunView {
  let outcomes: [MultirunOutcome]
  /// How many jobs the sweep has; not all of them were met if one ended the whole.
  let jobCount: Int

  func render(to session: Session) throws {
    try session.render("codex.multirun/1", .array(outcomes.map(Self.json)), table: { table })
    session.talk.say("\(summary)")
  }

  private var summary: String {
    let failed = outcomes.count { $0.state == .failed }, interrupted = outcomes.count { $0.state == .interrupted }
    let rest = [(failed, "failed"), (interrupted, "interrupted"), (jobCount - outcomes.count, "not begun")]
      .filter { $0.0 > 0 }.map { ", \($0.0) \($0.1)" }
    return "\(outcomes.count - failed - interrupted) of \(jobCount) jobs completed" + rest.joined()
      + (rest.isEmpty ? "" : "; the same command line again does the rest")
  }

  /// That of the first job that failed or was interrupted; yes if none was.
  var exitReason: ExitReason {
    outcomes.lazy.compactMap { $0.failure }.first.map { ExitReason(for: $0) ?? .internalError } ?? .yes
  }

  private var table: Table {
    let keys = outcomes.first?.job.values.map(\.key) ?? []
    var table = Table(
      [.init("job", .right)] + keys.map { .init($0) } + [.init("state"), .init("loss", .right), .init("run")])
    for outcome in outcomes {
      let state = StyledText(outcome.state.rawValue, Self.style(of: outcome.state))
      table.add(
        [StyledText("\(outcome.job.index)")] + outcome.job.values.map { StyledText($0.value) } + [
          state, StyledText(outcome.loss.map { Decimal.text($0, places: 4) } ?? ""), StyledText(outcome.runID ?? ""),
        ])
    }
    return table
  }

  private static func style(of state: MultirunOutcome.State) -> StyledText.Style {
    switch state {
    case .completed: .green
    case .skipped: .dim
    case .failed, .interrupted: .red
    }
  }

  /// Keys: `job`, `loss`, `message`, `overrides`, `run_id`, `state` (as in `MultirunOutcome`), `values`.
  private static func json(_ outcome: MultirunOutcome) -> JSONValue {
    .object([
      "job": .int(Int64(outcome.job.index)), "loss": outcome.loss.map { .double($0) } ?? .null,
      "message": outcome.failure.map { .string(ErrorText.sentence(for: $0)) } ?? .null,
      "overrides": .array(outcome.job.overrides.map { .string($0) }),
      "run_id": outcome.runID.map { .string($0) } ?? .null, "state": .string(outcome.state.rawValue),
      "values": .object(JSONObject(outcome.job.values.map { .init($0.key, .string($0.value)) })),
    ])
  }
}
