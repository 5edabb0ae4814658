import ArgumentParser
import Composition
import Storage

/// `codex reasoning-templates show`
struct TemplatesShowCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show one template: description, digest, phases.",
    discussion: Example.text("codex reasoning-templates show curriculum"))

  @Argument(help: "A template's name.", completion: .templates)
  var name: String

  @OptionGroup var tableOptions: TableOptions
  @OptionGroup var global: GlobalOptions
  var table: TableOptions? { tableOptions }

  func run(in session: Session) throws -> ExitReason {
    let template = try session.templates().template(name)
    if session.wantsJSON {
      try session.output.json("codex.template/1", template.json)
    } else {
      try Self.facts(of: template).write(to: session.output)
      try session.output.line()
      try Self.phases(of: template.summary).write(to: session.output)
    }
    return .yes
  }

  private static func facts(of template: TemplateCatalog.Template) -> Table {
    let summary = template.summary
    var table = Table([.init("template"), .init(template.name)])
    func row(_ name: String, _ value: StyledText) { table.add([StyledText(name, .dim), value]) }
    row("description", StyledText(summary.description))
    row("source", StyledText(template.provenance.rawValue))
    row("version", template.versionText)
    row("digest", StyledText(template.digest.description))
    row("worlds", StyledText("\(summary.worlds.joined(separator: ", ")); plans as \(summary.style)"))
    row("owner", StyledText(summary.owner))
    row("ring", StyledText(summary.rolloutRing))
    return table
  }

  private static func phases(of summary: TemplateSummary) -> Table {
    var table = Table([.init("phase"), .init("dataset"), .init("length"), .init("metrics")])
    for phase in summary.phases {
      table.add([
        StyledText(phase.id, .cyan), StyledText(phase.dataset), StyledText(phase.length.text),
        StyledText(phase.metrics.joined(separator: ", ")),
      ])
    }
    return table
  }
}
