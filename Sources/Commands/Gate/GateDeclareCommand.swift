import ArgumentParser
import Ledger
import Schemas
import Storage

/// `codex gate declare`
struct GateDeclareCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "declare",
    abstract: "Declare a milestone's question before its runs are trained, so that looking does not choose it.",
    discussion: Example.text(
      "codex gate declare --milestone M1", "codex gate declare --milestone M0 --template baseline --seeds 0,1")
      + "\n\nThe same declaration again is a second attempt. Rules: docs/reference/gates.md.")

  @Option(help: ArgumentHelp("The milestone whose figures will be asked.", valueName: "id"), completion: .milestones)
  var milestone: String

  @Option(
    help: "The template whose runs will be measured. Default: the one that the clause names.", completion: .templates)
  var template: String?

  @Option(help: "The training seeds, as in 0,1,2. Default: those of the clause's pairs, else 0.")
  var seeds: SeedList?

  @OptionGroup var configChoice: GateConfigChoice
  @OptionGroup var ledgerOptions: LedgerOptions
  @OptionGroup var tableOptions: TableOptions
  @OptionGroup var global: GlobalOptions
  var table: TableOptions? { tableOptions }

  func run(in session: Session) throws -> ExitReason {
    let gates = try GatesConfig(configChoice.resolved(in: session))
    let catalog = try session.templates()
    let declaration = try MilestoneDeclaration(
      of: gates.knownMilestone(milestone), in: gates, template: template, seeds: seeds?.seeds,
      present: { try catalog.compose($0) })
    let ledger = try ledgerOptions.metricsLedger(in: session, makingDirectory: true)
    let declared = try declaration.record(in: ledger, codexVersion: CodexVersion.text, now: WallClock.now())
    for again in declared where again.attempt > 1 {
      session.talk.warn("\(again.record.clause) was declared before: this is attempt \(again.attempt)")
    }
    try session.render("codex.declaration/1", .array(declared.map(Self.json)), table: { Self.table(declared) })
    session.talk.say("declared in \(ledger.name); now train")
    return .yes
  }

  private static func json(_ declared: MilestoneDeclaration.Declared) -> JSONValue {
    let record = declared.record
    return .object([
      "attempt": .int(Int64(declared.attempt)), "budget": .string(record.budget), "clause": .string(record.clause),
      "id": .string(record.id), "milestone": .string(record.milestone),
      "seeds": .array(record.seeds.map { .string(String($0)) }), "template": .string(record.template),
    ])
  }

  private static func table(_ declared: [MilestoneDeclaration.Declared]) -> Table {
    var table = Table([
      .init("intention"), .init("clause"), .init("template"), .init("seeds"), .init("budget", .right),
      .init("attempt", .right),
    ])
    for one in declared {
      table.add([
        StyledText(one.record.id, .bold), StyledText("\(one.record.milestone) \(one.record.clause)"),
        StyledText(PinnedName.name(in: one.record.template), .cyan),
        StyledText(one.record.seeds.map(String.init).joined(separator: ", ")), StyledText(one.record.budget),
        StyledText(String(one.attempt)),
      ])
    }
    return table
  }
}

/// Training seeds as a command line spells them: `0,1,2`.
struct SeedList: ExpressibleByArgument {
  /// Distinct; there is one.
  let seeds: [UInt64]

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
    let seeds = parts.compactMap { UInt64($0) }
    guard seeds.count == parts.count, Set(seeds).count == seeds.count else { return nil }
    self.seeds = seeds
  }
}
