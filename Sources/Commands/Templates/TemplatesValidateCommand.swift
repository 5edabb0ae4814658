import ArgumentParser
import Composition
import Storage

/// `codex reasoning-templates validate`
struct TemplatesValidateCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check templates against their readers and the manifest; exit 1 when one fails.",
    discussion: Example.text("codex reasoning-templates validate", "codex reasoning-templates validate baseline --json")
  )

  @Argument(help: "Templates to check. Default: all.", completion: .templates)
  var names: [String] = []

  @OptionGroup var tableOptions: TableOptions
  @OptionGroup var global: GlobalOptions
  var table: TableOptions? { tableOptions }

  func run(in session: Session) throws -> ExitReason {
    let verdicts = try session.templates().validate(names, check: TemplateReaders.check)
    try session.render("codex.template_verdicts/1", .array(verdicts.map(Self.json)), table: { Self.table(verdicts) })
    if !session.wantsJSON {
      for verdict in verdicts where !verdict.isSound { try session.output.line("\n\(verdict)") }
    }
    return verdicts.allSatisfy(\.isSound) ? .yes : .no
  }

  private static func json(_ verdict: TemplateVerdict) -> JSONValue {
    .object([
      "finding": verdict.isSound ? .null : .string("\(verdict)"), "name": .string(verdict.name),
      "sound": .bool(verdict.isSound),
    ])
  }

  private static func table(_ verdicts: [TemplateVerdict]) -> Table {
    var table = Table([.init("template"), .init("verdict")])
    for verdict in verdicts {
      table.add([
        StyledText(verdict.name, .cyan), verdict.isSound ? StyledText("sound", .green) : StyledText("not sound", .red),
      ])
    }
    return table
  }
}
