import ArgumentParser
import Ledger
import Storage

/// `codex metrics merge`
struct MetricsMergeCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Take over what a copy of this workspace recorded elsewhere; exit 1 when the two contradict each other.",
    discussion: Example.text("codex metrics merge ../from-machine-2")
      + "\n\nRun directories are not copied: copy those of the other workspace's runs/ yourself.")

  @Argument(help: ArgumentHelp("The other workspace.", valueName: "dir"), completion: .directory)
  var directory: String

  @OptionGroup var ledgerOptions: LedgerOptions
  @OptionGroup var tableOptions: TableOptions
  @OptionGroup var global: GlobalOptions
  var table: TableOptions? { tableOptions }

  func run(in session: Session) throws -> ExitReason {
    let ledger = try ledgerOptions.metricsLedger(in: session)
    let source = MetricsLedger(in: try StorageRoot(opening: directory))
    let merge = try ledger.merge(source, codexVersion: CodexVersion.text, now: WallClock.now())
    let counts = Self.counts(merge)
    if session.wantsJSON {
      let members = counts.map { JSONObject.Member($0.name, .int(Int64($0.count))) }
      try session.output.json("codex.merge_summary/1", .object(JSONObject(members)))
    } else {
      var table = Table([.init("taken"), .init("lines", .right)])
      for (name, count) in counts { table.add([StyledText(name, .cyan), StyledText(String(count))]) }
      try table.write(to: session.output)
    }
    session.talk.say(
      merge.entries.isEmpty
        ? "\(ledger.name) knows all of \(source.name)"
        : "taken into \(ledger.name); copy the run directories below runs/ too")
    return .yes
  }

  private static func counts(_ merge: LedgerMerge) -> [(name: String, count: Int)] {
    func count(_ isOne: (LedgerEntry) -> Bool) -> Int { merge.entries.count(where: isOne) }
    return [
      ("answers", count { if case .item = $0 { true } else { false } }),
      ("figures", count { if case .metric = $0 { true } else { false } }),
      ("intentions", count { if case .intention = $0 { true } else { false } }),
      ("run_events", count { if case .runEvent = $0 { true } else { false } }),
    ]
  }
}
