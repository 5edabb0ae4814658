import ArgumentParser
import Ledger
import Schemas
import Storage

/// `codex attestation verify`
struct AttestationVerifyCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Say what a file of in-toto statements claims, and whether a key signed each; exit 1 if not.",
    discussion: Example.text(
      "codex attestation verify gates.intoto.jsonl --key public.pem",
      "codex attestation verify gates.intoto.jsonl --key public.pem --json")
      + "\n\nA signed FAILED is sound: who relies on a verdict reads it too. Rules: docs/reference/signatures.md.")

  @Argument(help: ArgumentHelp("DSSE envelopes, one a line.", valueName: "file"), completion: .file())
  var file: String

  @Option(help: ArgumentHelp("A P-256 public key in PEM.", valueName: "file"), completion: .file())
  var key: String

  @Option(help: ArgumentHelp("The weights that every statement must be about.", valueName: "sha256:…"))
  var subject: String?

  @OptionGroup var tableOptions: TableOptions
  @OptionGroup var global: GlobalOptions
  var table: TableOptions? { tableOptions }

  func run(in session: Session) throws -> ExitReason {
    let subject = try subject.map { try Digest(parsing: $0) }
    let key = try KeyFile.verifying(key, in: session)
    let place = try UserFile(file, from: session.filesPath)
    let envelopes = try AttestationFile.envelopes(in: place.read(limit: AttestationFile.byteCount), path: file)
    let audit = AttestationAudit(envelopes, signedBy: key, about: subject)
    try AttestationView(audit).render(to: session)
    return audit.findings.isEmpty ? .yes : .no
  }
}
