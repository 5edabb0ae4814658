import ArgumentParser
import Registry
import Storage

/// `codex registry verify`
struct RegistryVerifyCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract:
      "Name every changed, missing, additional or truncated file of a bundle, and where; exit 1 if there is one.",
    discussion: Example.text(
      "codex registry verify reasoning/M1", "codex registry verify reasoning/M1 --key public.pem",
      "codex registry verify --json")
      + "\n\nWithout a reference: the log of tags and every bundle.")

  @Argument(help: BundleReferenceHelp.text, completion: .bundles)
  var reference: String?

  @Option(
    help: ArgumentHelp(
      "Sound only if this key signed exactly these files: a P-256 public key in PEM.", valueName: "file"),
    completion: .file())
  var key: String?

  @OptionGroup var tableOptions: TableOptions
  @OptionGroup var global: GlobalOptions
  var table: TableOptions? { tableOptions }

  func run(in session: Session) throws -> ExitReason {
    let reference = try reference.map { try BundleReference(parsing: $0) }
    let key = try key.map { try KeyFile.verifying($0, in: session) }
    let workspace = try session.workspace()
    let audit =
      try reference.map { try RegistryAudit($0, signedBy: key, in: workspace) }
      ?? RegistryAudit(everythingIn: workspace, signedBy: key)
    if session.wantsJSON {
      try session.output.json("codex.registry_verdict/1", Self.json(audit))
    } else if audit.findings.isEmpty {
      let counts =
        "\(audit.bundleCount) bundles" + (reference == nil ? ", \(audit.movementCount) movements of tags" : "")
        + (key == nil ? "" : ", signed by the key")
        + (audit.bundleCount == 0 ? "; nothing is registered in \(session.absoluteWorkspacePath)" : "")
      try session.output.sentence(StyledText("sound: ", .green) + StyledText(counts))
    } else {
      try Self.table(audit.findings).write(to: session.output)
    }
    return audit.findings.isEmpty ? .yes : .no
  }

  private static func json(_ audit: RegistryAudit) -> JSONValue {
    let findings = audit.findings.map { finding in
      JSONValue.object([
        "byte_count": finding.range.map { .int(Int64($0.count)) } ?? .null, "message": .string(finding.message),
        "offset": finding.range.map { .int(Int64($0.lowerBound)) } ?? .null, "place": .string(finding.place),
        "rule": .string(finding.rule),
      ])
    }
    return .object([
      "bundle_count": .int(Int64(audit.bundleCount)), "findings": .array(findings),
      "movement_count": .int(Int64(audit.movementCount)), "sound": .bool(findings.isEmpty),
    ])
  }

  private static func table(_ findings: [RegistryFinding]) -> Table {
    var table = Table([.init("place"), .init("bytes"), .init("rule"), .init("finding")])
    for finding in findings {
      let range = finding.range.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)..<\($0.upperBound)" }
      table.add([
        StyledText(finding.place, .cyan), StyledText(range ?? "-"), StyledText(finding.rule, .red),
        StyledText(finding.message),
      ])
    }
    return table
  }
}
