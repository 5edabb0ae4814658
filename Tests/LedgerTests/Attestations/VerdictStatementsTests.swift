import Ledger
import Schemas
import Storage
import TestSupport
import Testing

@Suite struct VerdictStatementsTests {
  private let fixture: SigningFixture
  private let weights = Digest(of: "weights")

  init() throws { fixture = try SigningFixture() }

  private func verdict(_ reasons: [String], passed: Bool, weights: Digest?) -> VerdictRecord {
    VerdictRecord(
      milestone: "M1", passed: passed, runID: weights.map { _ in "baseline-0123456789ab" }, weightsDigest: weights,
      clauses: reasons.enumerated().map { index, reason in
        ClauseVerdict(
          clause: "clause_\(index)", passed: reason == "ok" || reason == "waived", reason: reason, message: "m",
          metric: nil, value: nil, comparator: nil, threshold: nil, count: nil, evidence: nil)
      },
      gatesConfigDigest: Digest(of: "gates"), ledgerHead: LedgerHead(sequence: 7, digest: Digest(of: "head")),
      codexVersion: "1.2.3", recordedAt: 951_782_400.5)
  }

  private func predicates(_ reasons: [String], passed: Bool) throws -> (test: JSONValue, verification: JSONValue) {
    let statements = try VerdictStatements(of: verdict(reasons, passed: passed, weights: weights)).all()
    #expect(
      statements.map(\.predicateType) == [
        "https://in-toto.io/attestation/test-result/v0.1", "https://in-toto.io/attestation/svr/v0.2",
      ])
    #expect(statements.allSatisfy { $0.subjects == [.init(name: "baseline-0123456789ab", digest: weights)] })
    return (statements[0].predicate, statements[1].predicate)
  }

  @Test func all_ofAPass() throws {
    let (test, verification) = try predicates(["ok", "ok"], passed: true)
    #expect(test["result"] == .string("PASSED"))
    #expect(test["passedTests"] == .array([.string("M1/clause_0"), .string("M1/clause_1")]))
    #expect(test["failedTests"] == .array([]) && test["warnedTests"] == .array([]))
    let gates: JSONValue = .object([
      "digest": .object(["sha256": .string(Digest(of: "gates").hexadecimal)]), "name": .string("gates"),
    ])
    #expect(try test.elements(at: "configuration", count: 2...2)[0] == gates)
    #expect(try verification.member("verifier").elements(at: "policies", count: 1...1) == [gates])
    #expect(try verification.member("verifier")["id"] == .string("pkg:generic/codex@1.2.3"))
    #expect(verification["timeCreated"] == .string("2000-02-29T00:00:00Z"))
    #expect(
      verification["properties"]
        == .array(["CODEX_M1", "CODEX_M1_CLAUSE_0", "CODEX_M1_CLAUSE_1"].map { .string($0) }))
  }

  @Test func all_ofANo_verifiesOnlyWhatHeld() throws {
    let (test, verification) = try predicates(["ok", "below_threshold", "waived"], passed: false)
    #expect(test["result"] == .string("FAILED") && test["failedTests"] == .array([.string("M1/clause_1")]))
    #expect(test["warnedTests"] == .array([.string("M1/clause_2")]))
    #expect(verification["properties"] == .array([.string("CODEX_M1_CLAUSE_0")]))
  }

  @Test func all_ofAPassWithAWaiver_isAWarning() throws {
    let (test, verification) = try predicates(["ok", "waived"], passed: true)
    #expect(test["result"] == .string("WARNED"))
    #expect(verification["properties"] == .array([.string("CODEX_M1_WITH_WAIVERS"), .string("CODEX_M1_CLAUSE_0")]))
  }

  @Test func all_withoutWeights_isNone() throws {
    #expect(try VerdictStatements(of: verdict(["empty_ledger"], passed: false, weights: nil)).all().isEmpty)
  }

  @Test func audit_ofWhatWasSigned() throws {
    let statements = try VerdictStatements(of: verdict(["ok"], passed: true, weights: weights)).all()
    let envelopes = try statements.map {
      try SignedEnvelope(signing: $0, with: fixture.signingKey("first"), namingKey: true)
    }
    func rules(_ envelopes: [SignedEnvelope], _ key: String, _ subject: Digest? = nil) throws -> [String] {
      try AttestationAudit(envelopes, signedBy: fixture.verifyingKey(key), about: subject).findings.map(\.rule.rawValue)
    }
    #expect(try rules(envelopes, "first") == [] && rules(envelopes, "first", weights) == [])
    #expect(try rules(envelopes, "second") == ["wrong_key", "wrong_key"])
    #expect(try rules(envelopes, "first", Digest(of: "x")) == ["other_subject", "other_subject"])
    #expect(try rules([], "first") == ["empty"])
    let unnamed = try SignedEnvelope(signing: statements[0], with: fixture.signingKey("second"), namingKey: false)
    #expect(try rules([envelopes[0], unnamed], "first") == ["wrong_signature"])
    for (name, bytes) in try fixture.texts("refused_statements") {
      #expect(try rules([SignedEnvelope(parsing: bytes)], "first") == ["wrong_signature"], "\(name)")
    }
  }
}
