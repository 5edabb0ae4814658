import Schemas
import Storage
import TestSupport
import Testing

@Suite struct SignedEnvelopeTests {
  private let fixture: SigningFixture

  init() throws { fixture = try SigningFixture() }

  private var statement: InTotoStatement {
    InTotoStatement(
      subjects: [.init(name: "m", digest: Digest(of: "weights"))], predicateType: "https://example.org/p/v1",
      predicate: .object(["result": .string("PASSED")]))
  }

  @Test func init_ofOurs_isReadBackAndVerified() throws {
    let envelope = try SignedEnvelope(signing: statement, with: fixture.signingKey("first"), namingKey: true)
    let read = try SignedEnvelope(parsing: CanonicalJSON.write(envelope.json))
    #expect(read == envelope)
    #expect(try read.statement(verifiedBy: fixture.verifyingKey("first")) == statement)
    #expect(try read.statement(verifiedBy: fixture.verifyingKey("second")) == nil)
    #expect(try read.namesOnlyOthers(than: fixture.verifyingKey("second")))
    #expect(try !read.namesOnlyOthers(than: fixture.verifyingKey("first")))
  }

  @Test func statement_ofPublicTools_isVerified() throws {
    let key = try fixture.verifyingKey("first")
    let attestations = try fixture.texts("attestations")
    #expect(attestations.map(\.name).contains("securesystemslib") && attestations.count >= 6)
    for (name, bytes) in attestations {
      let found = try SignedEnvelope(parsing: bytes).statement(verifiedBy: key)
      #expect(found?.predicate["result"] == .string("PASSED"), "\(name)")
    }
  }

  @Test func init_refuses() throws {
    let refused = try fixture.texts("refused_envelopes")
    #expect(refused.count >= 35)
    for (name, bytes) in refused {
      #expect(throws: StorageError.self, "\(name)") { try SignedEnvelope(parsing: bytes) }
    }
  }

  @Test func statement_ofBytesThatTheKeyDidNotSign_isNone() throws {
    let unverified = try fixture.texts("unverified_envelopes")
    #expect(unverified.count >= 12)
    for (name, bytes) in unverified {
      #expect(try SignedEnvelope(parsing: bytes).statement(verifiedBy: fixture.verifyingKey("first")) == nil, "\(name)")
    }
  }

  @Test func statement_refusesWhatIsSignedButNoStatement() throws {
    let refused = try fixture.texts("refused_statements")
    #expect(refused.count >= 16)
    for (name, bytes) in refused {
      let envelope = try SignedEnvelope(parsing: bytes)
      #expect(throws: StorageError.self, "\(name)") {
        try envelope.statement(verifiedBy: fixture.verifyingKey("first"))
      }
    }
  }

  /// Each byte of an envelope replaced: another envelope is refused or not verified, or it is the same to the byte.
  @Test func statement_ofAnAlteredEnvelope_isNeverAnother() throws {
    let key = try fixture.verifyingKey("first")
    let envelope = try SignedEnvelope(signing: statement, with: fixture.signingKey("first"), namingKey: false)
    let bytes = try CanonicalJSON.write(envelope.json)
    for index in bytes.indices {
      var altered = bytes
      altered[index] ^= 1
      if let read = try? SignedEnvelope(parsing: altered), let found = try read.statement(verifiedBy: key) {
        #expect(found == statement)
      }
      let cut = Array(bytes[..<index])
      #expect(throws: StorageError.self) { try SignedEnvelope(parsing: cut) }
    }
  }

  @Test func init_refusesWhatIsTooLarge() throws {
    let long = InTotoStatement(
      subjects: statement.subjects, predicateType: "p",
      predicate: .string(String(repeating: "a", count: SigningLimits.envelopeByteCount)))
    #expect(throws: StorageError.self) {
      try SignedEnvelope(signing: long, with: fixture.signingKey("first"), namingKey: false)
    }
    let bytes = [UInt8](repeating: 0x20, count: SigningLimits.envelopeByteCount) + Array("{}".utf8)
    #expect(
      throws: StorageError.tooLarge(
        path: "JSON", byteCount: bytes.count, limit: SigningLimits.envelopeByteCount)
    ) { try SignedEnvelope(parsing: bytes) }
  }

  @Test func envelopes_ofAFile_areOneALine() throws {
    let envelope = try SignedEnvelope(signing: statement, with: fixture.signingKey("first"), namingKey: true)
    let bytes = try AttestationFile.bytes(of: [envelope, envelope])
    #expect(try AttestationFile.envelopes(in: bytes, path: "f") == [envelope, envelope])
    #expect(try AttestationFile.envelopes(in: Array(bytes.dropLast()), path: "f").count == 2)
    #expect(try AttestationFile.envelopes(in: [], path: "f").isEmpty)
    for broken in [bytes + [0x0A], [0x0A] + bytes, Array(bytes.dropLast(2)), bytes + Array("{}".utf8)] {
      #expect(throws: StorageError.self) { try AttestationFile.envelopes(in: broken, path: "f") }
    }
    let many = try AttestationFile.bytes(of: Array(repeating: envelope, count: SigningLimits.attestationCount))
    #expect(try AttestationFile.envelopes(in: many, path: "f").count == SigningLimits.attestationCount)
    #expect(throws: StorageError.self) { try AttestationFile.envelopes(in: many + bytes, path: "f") }
  }
}
