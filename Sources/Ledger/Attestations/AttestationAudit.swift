import Schemas
import Storage

/// Whether every attestation of a file is by a key, and about the weights that are meant.
///
/// It says who vouches for what. Whether a milestone passed stands in the predicates.
public struct AttestationAudit: Sendable {
  /// One thing that is not as it should be.
  public struct Finding: Equatable, Sendable {
    /// From 1; nil where it is the file as a whole.
    public let line: Int?
    public let rule: Rule
    public let message: String
  }

  public enum Rule: String, Sendable {
    /// No attestation.
    case empty
    /// Every signature names another key.
    case wrongKey = "wrong_key"
    /// No signature is by the key, although one does not name another; or what was signed is no statement.
    case wrongSignature = "wrong_signature"
    /// About other weights than the ones that are meant.
    case otherSubject = "other_subject"
  }

  /// The statements that the key signed, with their lines, from 1.
  public private(set) var statements: [(line: Int, statement: InTotoStatement)] = []
  public private(set) var findings: [Finding] = []

  /// - Parameter subject: What every statement must be about; nil for anything.
  public init(_ envelopes: [SignedEnvelope], signedBy key: VerifyingKey, about subject: Digest? = nil) {
    if envelopes.isEmpty {
      add(nil, .empty, "expected attestations, got none: nothing was judged, or the file was cut")
    }
    for (index, envelope) in envelopes.enumerated() { check(envelope, line: index + 1, key, subject) }
  }

  private mutating func check(_ envelope: SignedEnvelope, line: Int, _ key: VerifyingKey, _ subject: Digest?) {
    do {
      guard let statement = try envelope.statement(verifiedBy: key) else {
        if envelope.namesOnlyOthers(than: key) {
          return add(line, .wrongKey, "expected a signature by the key \(key.id), got signatures that name others")
        }
        return add(line, .wrongSignature, "expected a signature by the key \(key.id), got none that it verifies")
      }
      statements.append((line, statement))
      if let subject, !statement.subjects.contains(where: { $0.digest == subject }) {
        let got = statement.subjects.map(\.digest.description).joined(separator: ", ")
        add(line, .otherSubject, "expected a statement about \(subject), got one about \(got)")
      }
    } catch { add(line, .wrongSignature, "what the key signed is no statement: \(error)") }
  }

  private mutating func add(_ line: Int?, _ rule: Rule, _ message: String) {
    findings.append(Finding(line: line, rule: rule, message: message))
  }
}
