import ArgumentParser
import Composition
import Storage

/// `codex reasoning-templates list`
struct TemplatesListCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the templates and where they come from.",
    discussion: Example.text("codex reasoning-templates list", "codex reasoning-templates list --json"))

  @OptionGroup var tableOptions: TableOptions
  @OptionGroup var global: GlobalOptions
  var table: TableOptions? { tableOptions }

  func run(in session: Session) throws -> ExitReason {
    let catalog = try session.templates()
    let templates = try catalog.names.map(catalog.template)
    try session.render("codex.templates/1", .array(templates.map(\.json)), table: { Self.table(templates) })
    return .yes
  }

  private static func table(_ templates: [TemplateCatalog.Template]) -> Table {
    var table = Table([
      .init("template"), .init("source"), .init("version"), .init("phases"), .init("digest"), .init("description"),
    ])
    for template in templates {
      table.add([
        StyledText(template.name, .cyan), StyledText(template.provenance.rawValue), template.versionText,
        StyledText(template.summary.phases.map(\.id).joined(separator: " → ")),
        StyledText(String(template.digest.hexadecimal.prefix(12)), .dim), StyledText(template.summary.description),
      ])
    }
    return table
  }
}
