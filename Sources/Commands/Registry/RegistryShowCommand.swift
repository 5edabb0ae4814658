import ArgumentParser
import Bundles
import Registry
import Schemas
import Storage

/// `codex registry show`
struct RegistryShowCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show one bundle after checking every byte of it: provenance, digests, files.",
    discussion: Example.text("codex registry show reasoning/M1", "codex registry show reasoning/M1 --json"))

  @Argument(help: BundleReferenceHelp.text, completion: .bundles)
  var reference: String

  @OptionGroup var tableOptions: TableOptions
  @OptionGroup var global: GlobalOptions
  var table: TableOptions? { tableOptions }

  func run(in session: Session) throws -> ExitReason {
    let bundle = try BundleStore(in: session.workspace()).resolve(BundleReference(parsing: reference))
    if session.wantsJSON {
      try session.output.json("codex.bundle_view/1", Self.json(bundle))
    } else {
      try Self.facts(bundle).write(to: session.output)
      try session.output.line()
      try Self.files(bundle.manifest.files).write(to: session.output)
    }
    return .yes
  }

  private static func json(_ bundle: Bundle) throws -> JSONValue {
    .object([
      "bundle_digest": .string(bundle.digest.description), "byte_count": .int(Int64(try bundle.byteCount)),
      "manifest": try RecordEncoder().value(of: bundle.manifest), "path": .string(bundle.path.description),
    ])
  }

  private static func facts(_ bundle: Bundle) throws -> Table {
    let manifest = bundle.manifest
    var table = Table([.init("bundle"), .init(bundle.digest.description)])
    func row(_ name: String, _ value: String) { table.add([StyledText(name, .dim), StyledText(value)]) }
    row("folder", bundle.root.name(bundle.path))
    row("bytes", String(try bundle.byteCount))
    row("run", manifest.runID)
    row("template", manifest.template)
    row("weights", manifest.weightsDigest.description)
    row("configuration", manifest.configDigest.description)
    row("dataset", manifest.datasetDigest.description)
    row("ledger head", manifest.ledgerHead.map { "line \($0.sequence), \($0.digest)" } ?? "-")
    row("seed", String(manifest.provenance.seed))
    row("trained by", "codex \(manifest.provenance.trainedBy), \(manifest.provenance.numericsFingerprint)")
    row("packed by", "codex \(manifest.provenance.packedBy)")
    row("source revision", manifest.provenance.sourceRevision ?? "-")
    row("evaluations", String(try bundle.evaluations().count))
    row("probes", String(try bundle.probes().count))
    return table
  }

  private static func files(_ entries: [FileEntry]) -> Table {
    var table = Table([.init("file"), .init("bytes", .right), .init("digest")])
    for entry in entries {
      table.add([
        StyledText(entry.path, .cyan), StyledText(String(entry.byteCount)), StyledText(entry.digest.description),
      ])
    }
    return table
  }
}
