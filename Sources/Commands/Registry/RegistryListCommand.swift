import ArgumentParser
import Bundles
import Registry
import Schemas
import Storage

/// `codex registry list`
struct RegistryListCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List bundles by experiment, with the tags that point at them. Nothing is verified.",
    discussion: Example.text("codex registry list", "codex registry list --json"))

  @OptionGroup var tableOptions: TableOptions
  @OptionGroup var global: GlobalOptions
  var table: TableOptions? { tableOptions }

  private struct Row {
    let location: BundleStore.Location
    let manifest: BundleManifest
    let tags: [TagRecord]

    var byteCount: Int { manifest.files.reduce(0) { $0 + $1.byteCount } }
  }

  func run(in session: Session) throws -> ExitReason {
    let workspace = try session.workspace()
    let tags = try TagLog(in: workspace).current()
    let rows = try BundleStore(in: workspace).bundles().map { location in
      Row(
        location: location, manifest: try Bundle.uncheckedManifest(location.path, in: workspace),
        tags: tags.filter { $0.bundleDigest == location.digest && $0.experiment == location.experiment })
    }
    try session.render("codex.registry/1", .array(rows.map(Self.json)), table: { Self.table(rows) })
    return .yes
  }

  private static func json(_ row: Row) -> JSONValue {
    .object([
      "bundle_digest": .string(row.location.digest.description), "byte_count": .int(Int64(row.byteCount)),
      "experiment": .string(row.location.experiment.text), "path": .string(row.location.path.description),
      "run_id": .string(row.manifest.runID), "tags": .array(row.tags.map { .string($0.tag.text) }),
      "weights_digest": .string(row.manifest.weightsDigest.description),
    ])
  }

  private static func table(_ rows: [Row]) -> Table {
    var table = Table([
      .init("experiment"), .init("bundle"), .init("run"), .init("weights"), .init("KiB", .right), .init("tags"),
    ])
    for row in rows {
      let tags = row.tags.map { "\($0.tag) (version \($0.version)\($0.unproven == true ? ", unproven" : ""))" }.joined(
        separator: ", ")
      table.add([
        StyledText(row.location.experiment.text), StyledText(String(row.location.digest.hexadecimal.prefix(12)), .cyan),
        StyledText(row.manifest.runID), StyledText(String(row.manifest.weightsDigest.hexadecimal.prefix(12))),
        StyledText(String((row.byteCount + 1023) / 1024)), StyledText(tags.isEmpty ? "-" : tags),
      ])
    }
    return table
  }
}
