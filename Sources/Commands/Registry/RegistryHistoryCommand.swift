import ArgumentParser
import Registry
import Schemas
import Storage

/// `codex registry history`
struct RegistryHistoryCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Show every movement of a tag, or of all tags, the oldest first.",
    discussion: Example.text("codex registry history reasoning/M1", "codex registry history --json"))

  @Argument(help: "A tag. Default: all tags.", completion: .tags)
  var tag: String?

  @OptionGroup var tableOptions: TableOptions
  @OptionGroup var global: GlobalOptions
  var table: TableOptions? { tableOptions }

  func run(in session: Session) throws -> ExitReason {
    let tag = try tag.map { try Tag(parsing: $0) }
    let all = try TagLog(in: session.workspace()).movements()
    let movements = all.filter { tag == nil || $0.tag == tag }
    if let tag, movements.isEmpty { throw RegistryError.unknownTag(tag, known: Set(all.map(\.tag)).sorted()) }
    let records = try movements.map { try RecordEncoder().value(of: $0) }
    try session.render("codex.tag_history/1", .array(records), table: { Self.table(movements) })
    return .yes
  }

  private static func table(_ movements: [TagRecord]) -> Table {
    var table = Table([
      .init("tag"), .init("version", .right), .init("moved at"), .init("bundle"), .init("before"), .init("run"),
      .init("notes"),
    ])
    func short(_ digest: Digest?) -> String { digest.map { String($0.hexadecimal.prefix(12)) } ?? "-" }
    for movement in movements {
      table.add([
        StyledText(movement.tag.text, .cyan), StyledText(String(movement.version)),
        StyledText(WallClock.text(movement.recordedAt)), StyledText(short(movement.bundleDigest)),
        StyledText(short(movement.previousDigest)), StyledText(movement.runID),
        StyledText((movement.unproven == true ? "unproven; " : "") + (movement.notes ?? "-")),
      ])
    }
    return table
  }
}
