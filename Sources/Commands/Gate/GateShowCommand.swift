import ArgumentParser
import Composition
import Ledger
import Storage

/// `codex gate show`
struct GateShowCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print what a milestone asks in full, defaults included.",
    discussion: Example.text("codex gate show M1", "codex gate show M1 --json"))

  @Argument(help: "The milestone.", completion: .milestones)
  var milestone: String

  @OptionGroup var choice: GateConfigChoice
  @OptionGroup var tableOptions: TableOptions
  @OptionGroup var global: GlobalOptions
  var table: TableOptions? { tableOptions }

  func run(in session: Session) throws -> ExitReason {
    let found = try GatesConfig(choice.resolved(in: session)).knownMilestone(milestone)
    let clauses = found.clauses.map(\.node)
    if session.wantsJSON {
      try session.output.json("codex.milestone/1", .array(clauses.map(\.json)))
    } else {
      try session.output.sentence(StyledText("\(found.id): \(found.title)", .bold))
      try session.output.text(YAMLPrinter.print(ConfigNode(.list(clauses), origin: .implied)))
    }
    return .yes
  }
}
