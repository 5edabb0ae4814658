import Composition
import Schemas
import Storage

/// A gate's verdict in the words of in-toto: what was tested of which weights, and what is therefore verified of them.
///
/// Two statements about the same subject: *test-result* 0.1 says which clauses held and which did not, *SVR* 0.2 (simple
/// verification result) what may be relied on.
public struct VerdictStatements {
  public static let testResultType = "https://in-toto.io/attestation/test-result/v0.1"
  public static let verificationType = "https://in-toto.io/attestation/svr/v0.2"

  private let verdict: VerdictRecord

  public init(of verdict: VerdictRecord) { self.verdict = verdict }

  /// Both statements; none where the verdict names no weights: a statement is about something.
  ///
  /// - Throws: `StorageError.unwritable` for a time that no calendar has.
  public func all() throws -> [InTotoStatement] {
    guard let weights = verdict.weightsDigest else { return [] }
    let subject = InTotoStatement.Subject(name: verdict.runID ?? "model.safetensors", digest: weights)
    return [
      InTotoStatement(subjects: [subject], predicateType: Self.testResultType, predicate: testResult),
      InTotoStatement(subjects: [subject], predicateType: Self.verificationType, predicate: try verification()),
    ]
  }

  private var waived: [ClauseVerdict] { clauses(.waived) }
  private var held: [ClauseVerdict] { clauses(.ok) }

  private func clauses(_ reason: GateReason) -> [ClauseVerdict] {
    verdict.clauses.filter { $0.passed && $0.reason == reason.rawValue }
  }

  private var testResult: JSONValue {
    let result = !verdict.passed ? "FAILED" : waived.isEmpty ? "PASSED" : "WARNED"
    return .object([
      "configuration": .array([gates] + ledger), "failedTests": names(verdict.clauses.filter { !$0.passed }),
      "passedTests": names(held), "result": .string(result), "warnedTests": names(waived),
    ])
  }

  private func verification() throws -> JSONValue {
    let clock = WallClockTime(unixSeconds: verdict.recordedAt)
    guard let time = clock.formatted("%Y-%m-%dT%H:%M:%SZ") else {
      throw StorageError.unwritable(path: "verdict", expected: "a time of the calendar", got: "\(verdict.recordedAt)")
    }
    return .object([
      "properties": .array(properties.map { .string($0) }), "timeCreated": .string(time),
      "verifier": .object([
        "id": .string("pkg:generic/codex@\(verdict.codexVersion)"), "policies": .array([gates]),
      ]),
    ])
  }

  /// The milestone only where nothing of it was waived; each clause that held by itself.
  private var properties: [String] {
    let milestone = "CODEX_\(verdict.milestone)"
    let whole = !verdict.passed ? [] : [waived.isEmpty ? milestone : milestone + "_WITH_WAIVERS"]
    return whole + held.map { "\(milestone)_\($0.clause.uppercased())" }
  }

  /// What was judged by.
  private var gates: JSONValue { Self.resource("gates", verdict.gatesConfigDigest) }

  /// The last line of the ledger that was judged on.
  private var ledger: [JSONValue] { verdict.ledgerHead.map { [Self.resource("ledger_head", $0.digest)] } ?? [] }

  private func names(_ clauses: [ClauseVerdict]) -> JSONValue {
    .array(clauses.map { .string("\(verdict.milestone)/\($0.clause)") })
  }

  private static func resource(_ name: String, _ digest: Digest) -> JSONValue {
    .object(["digest": .object(["sha256": .string(digest.hexadecimal)]), "name": .string(name)])
  }
}
