import ArgumentParser
import Schemas
import Storage

/// `codex traces list`
struct TracesListCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List a run's traces, the newest last: those of training, then those of evaluations.",
    discussion: Example.text("codex traces list --verdict abstained", "codex traces list --phase train --json"))

  @OptionGroup var source: TraceLedgerOptions
  @OptionGroup var filter: TraceFilter

  @Option(help: "At most this many, from the end; 0 lists all.")
  var limit = 20

  @OptionGroup var tableOptions: TableOptions
  @OptionGroup var global: GlobalOptions
  var table: TableOptions? { tableOptions }

  func validate() throws {
    if limit < 0 { throw ValidationError("--limit is \(limit); allowed: 0 and above.") }
  }

  func run(in session: Session) throws -> ExitReason {
    var admitted: [TraceRecord] = []
    for var ledger in try source.open(in: session) {
      let traces = try ledger.reader.records(TraceRecord.self).filter(filter.admits)
      // The end is what is shown: baselines are asked last, and are the last that anybody looks for.
      admitted += traces.filter(Self.isOfABaseline) + traces.filter { !Self.isOfABaseline($0) }
    }
    let traces = limit == 0 ? admitted[...] : admitted.suffix(limit)
    try session.render("codex.traces/1", .array(traces.map(Self.json)), table: { Self.table(traces) })
    let hidden = admitted.count - traces.count
    if hidden > 0 { session.talk.say("\(hidden) earlier ones; --limit 0 lists all") }
    return .yes
  }

  private static func isOfABaseline(_ trace: TraceRecord) -> Bool {
    PlanningMode(rawValue: trace.mode)?.isBaseline == true
  }

  private static func json(_ trace: TraceRecord) -> JSONValue {
    .object([
      "goal": .string(trace.problem.goal), "mode": .string(trace.mode),
      "model_evaluations": .int(Int64(trace.modelEvaluations)), "phase": .string(trace.phase),
      "plan": trace.plan.map { .string($0) } ?? .null, "repaired": .bool(trace.repaired),
      "stage": trace.stage.map { .string($0) } ?? .null, "step": trace.step.map { .int(Int64($0)) } ?? .null,
      "trace_id": .string(trace.traceID), "verdict": .string(trace.verdict.rawValue),
      "abstention": trace.abstention.map { .string($0.rawValue) } ?? .null, "world": .string(trace.problem.world),
    ])
  }

  private static func table(_ traces: ArraySlice<TraceRecord>) -> Table {
    var table = Table([
      .init("trace"), .init("phase"), .init("step", .right), .init("mode"), .init("verdict"), .init("nodes", .right),
      .init("goal"),
    ])
    for trace in traces {
      table.add([
        StyledText(String(trace.traceID.prefix(12)), .cyan), StyledText(trace.phase),
        StyledText(trace.step.map(String.init) ?? "-"), StyledText(trace.mode), TraceVerdict.text(of: trace),
        StyledText(trace.nodeCount.map(String.init) ?? "-"), StyledText(trace.problem.goal),
      ])
    }
    return table
  }
}

/// A verdict in words and colour.
enum TraceVerdict {
  static func text(of trace: TraceRecord) -> StyledText {
    switch trace.verdict {
    case .verified: StyledText(trace.repaired ? "verified (repaired)" : "verified", .green)
    case .abstained: StyledText("abstained" + (trace.abstention.map { " (\($0.rawValue))" } ?? ""), .yellow)
    }
  }
}
