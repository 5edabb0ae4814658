import Bundles
import Registry
import Schemas
import Storage
import TestSupport
import Testing

@Suite struct SignatureStoreTests {
  private let fixture: SigningFixture
  private let workspace: ScratchWorkspace
  private let draft: BundleDraft
  private let tag = Tag(checked: "reasoning/M1")

  init() throws {
    fixture = try SigningFixture()
    workspace = try ScratchWorkspace()
    let run = StoredRunFixture()
    try run.write(in: workspace.root)
    draft = try BundleDraft(run.path, in: workspace.root, packedBy: "1")
  }

  @discardableResult
  private func register(signedBy key: String?) throws -> Bundle {
    try Registration(of: tag, in: workspace.root).complete(
      draft, signedBy: key.map { try fixture.signingKey($0) }, notes: nil, codexVersion: "1", recordedAt: 5
    ).bundle
  }

  private func rules(_ key: String?, _ reference: BundleReference? = nil) throws -> [String] {
    try RegistryAudit(
      reference ?? .tag(tag), signedBy: key.map { try fixture.verifyingKey($0) }, in: workspace.root
    ).findings.map(\.rule)
  }

  private func path(_ key: String) throws -> String {
    try SignatureStore.path(of: draft.digest, by: fixture.verifyingKey(key)).description
  }

  @Test func findings_areNone_onlyForTheKeyThatSigned() throws {
    try register(signedBy: "first")
    #expect(try rules("first") == [])
    #expect(try rules("second") == ["wrong_key"])
    #expect(try rules(nil) == [])
    #expect(try RegistryAudit(everythingIn: workspace.root, signedBy: fixture.verifyingKey("first")).findings == [])
  }

  @Test func findings_unsigned() throws {
    try register(signedBy: nil)
    #expect(try rules("first") == ["unsigned"])
    #expect(try workspace.tree("artifacts/signatures").isEmpty)
    let all = try RegistryAudit(everythingIn: workspace.root, signedBy: fixture.verifyingKey("first"))
    #expect(all.findings.map(\.rule) == ["unsigned"])
  }

  @Test func complete_again_keepsTheSignature_andAddsThoseOfOtherKeys() throws {
    let bundle = try register(signedBy: "first")
    let before = try workspace.tree()
    try register(signedBy: "first")
    try register(signedBy: nil)
    #expect(try workspace.tree() == before)
    try register(signedBy: "second")
    #expect(try rules("first") == [] && rules("second") == [])
    #expect(try workspace.bytes(path("first")) == before[path("first")])
    #expect(try Bundle.open(bundle.path, in: workspace.root).digest == draft.digest)
  }

  @Test func complete_replacesASignatureThatDoesNotHold() throws {
    try register(signedBy: "first")
    for bytes in [[], Array("{}".utf8), Array(try workspace.bytes(path("first")).dropLast(9))] {
      try workspace.plant(path("first"), bytes)
      #expect(try rules("first") == ["wrong_signature"])
      try register(signedBy: "first")
      #expect(try rules("first") == [])
    }
  }

  /// A file that is sound although a byte of it was changed holds the same payload and signature: names of keys that
  /// nobody relies on are not covered.
  @Test func findings_ofAnAlteredFile_areNoneOnlyForTheSameSignature() throws {
    try register(signedBy: "first")
    let good = try workspace.bytes(path("first"))
    let envelope = try JSONReader.parse(good).member("dsseEnvelope")
    var refused = 0
    // Every 29th byte is enough for every part of the file.
    for index in stride(from: 0, to: good.count - 1, by: 29) {
      var altered = good
      altered[index] ^= 1
      try workspace.plant(path("first"), altered)
      guard try rules("first").isEmpty else {
        refused += 1
        continue
      }
      let found = try JSONReader.parse(altered).member("dsseEnvelope")
      #expect(found["payload"] == envelope["payload"])
      #expect(
        try found.elements(at: "signatures", count: 1...1)[0]["sig"]
          == envelope.elements(at: "signatures", count: 1...1)[0]["sig"])
    }
    #expect(refused > good.count / 32)
  }

  @Test func findings_ofAChangedBundle_sayThatOtherFilesWereSigned() throws {
    let bundle = try register(signedBy: "first")
    try workspace.plant("\(bundle.path)/config.yaml", "seed: 2\n")
    #expect(try rules("first") == ["changed", "signature_of_other_files"])
    #expect(try rules("first", .folder(bundle.path)) == ["changed", "signature_of_other_files"])
    #expect(try rules(nil) == ["changed"])
  }

  @Test func findings_ofASignatureMovedToAnotherBundle() throws {
    try register(signedBy: "first")
    let moved = try workspace.bytes(path("first"))
    var run = StoredRunFixture()
    run.runID = "baseline-1"
    run.weights = Array("other".utf8)
    try run.write(in: workspace.root)
    let other = try BundleDraft(run.path, in: workspace.root, packedBy: "1")
    _ = try Registration(of: tag, in: workspace.root).complete(other, notes: nil, codexVersion: "1", recordedAt: 6)
    try workspace.plant("artifacts/signatures/\(other.digest.hexadecimal)/moved.json", moved)
    #expect(try rules("first") == ["signature_of_other_files"])
  }

  @Test func findings_areFoundBehindAnyNumberOfOtherFiles() throws {
    try register(signedBy: "first")
    for index in 0..<100 { try workspace.plant("artifacts/signatures/\(draft.digest.hexadecimal)/0\(index)", "{") }
    #expect(try rules("first") == [])
  }

  @Test func complete_removesWhatKilledWritersLeft() throws {
    try workspace.plant("artifacts/signatures/\(draft.digest.hexadecimal)/.tmp-1-0", "{")
    try register(signedBy: "first")
    #expect(try workspace.tree("artifacts/signatures").keys.allSatisfy { !$0.contains(".tmp") })
  }
}
