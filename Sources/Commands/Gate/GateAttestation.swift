import ArgumentParser
import Ledger
import Storage

/// Verdicts that others can check: signed in-toto statements (docs/reference/signatures.md).
struct GateAttestation: ParsableArguments {
  @Option(
    help: ArgumentHelp("Sign what --attest writes: a P-256 private key in PEM, mode 600.", valueName: "key"),
    completion: .file())
  var sign: String?

  @Option(
    help: ArgumentHelp("Also write the verdicts as in-toto statements in DSSE, one a line.", valueName: "file"),
    completion: .file())
  var attest: String?

  func validate() throws {
    if (sign == nil) != (attest == nil) {
      throw ValidationError("--sign and --attest go together: the key that signs, and the file for what it signed.")
    }
  }

  /// The key, read before anything is judged: a bad one records no verdict.
  func key(in session: Session) throws -> SigningKey? { try sign.map { try KeyFile.signing($0, in: session) } }

  /// Replaces the file, whatever the outcome: no attestation of an earlier verdict survives one that could not be made.
  func write(_ report: GateReport, signedBy key: SigningKey?, in session: Session) throws {
    guard let attest, let key else { return }
    let envelopes = try report.verdicts.flatMap { try VerdictStatements(of: $0).all() }.map {
      try SignedEnvelope(signing: $0, with: key, namingKey: true)
    }
    let file = try UserFile(attest, from: session.filesPath, makingDirectory: true)
    try file.root.atomicReplace(file.path, AttestationFile.bytes(of: envelopes))
    for verdict in report.verdicts where verdict.weightsDigest == nil {
      session.talk.warn("\(verdict.milestone) is not attested: its verdict names no weights that it could be about.")
    }
  }
}
