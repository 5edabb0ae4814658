import Bundles
import Schemas
import Storage
import TestSupport
import Testing

@Suite struct BundleSignatureTests {
  private let fixture: SigningFixture

  init() throws { fixture = try SigningFixture() }

  @Test func verdict_onWhatModelSigningSigned() throws {
    let entries = try fixture.folder()
    for (name, bytes) in try fixture.texts("model_signatures") {
      let signature = try BundleSignature(parsing: bytes)
      let other = name == "first" ? "second" : "first"
      #expect(try signature.verdict(by: fixture.verifyingKey(name), on: entries) == .valid)
      #expect(try signature.verdict(by: fixture.verifyingKey(other), on: entries) == .otherKey)
    }
  }

  @Test func verdict_ofWrongSignatures() throws {
    let wrong = try fixture.wrongModelSignatures()
    #expect(wrong.count >= 16)
    for (name, word, bytes) in wrong {
      let verdict = try BundleSignature(parsing: bytes).verdict(
        by: fixture.verifyingKey("first"), on: fixture.folder())
      #expect(Self.word(verdict) == word, "\(name): \(verdict)")
    }
  }

  @Test func init_refuses() throws {
    let refused = try fixture.texts("refused_model_signatures")
    #expect(refused.count >= 12)
    for (name, bytes) in refused {
      #expect(throws: StorageError.self, "\(name)") { try BundleSignature(parsing: bytes) }
    }
  }

  @Test func init_ofABundle_coversEveryFileAndNothingElse() throws {
    let packed = try BundleFixture()
    let key = try fixture.verifyingKey("first")
    let signature = try BundleSignature(of: packed.bundle, with: fixture.signingKey("first"))
    let read = try BundleSignature(parsing: signature.bytes())
    let entries = packed.bundle.entries
    #expect(read == signature && entries.count == packed.bundle.manifest.files.count + 1)
    #expect(read.verdict(by: key, on: entries) == .valid)
    #expect(try read.verdict(by: fixture.verifyingKey("second"), on: entries) == .otherKey)
    for index in entries.indices {
      var fewer = entries
      let removed = fewer.remove(at: index)
      #expect(Self.word(read.verdict(by: key, on: fewer)) == "other_files")
      let changed = FileEntry(path: removed.path, byteCount: removed.byteCount, digest: Digest(of: "x"))
      #expect(Self.word(read.verdict(by: key, on: fewer + [changed])) == "other_files")
      let renamed = FileEntry(path: removed.path + "x", byteCount: removed.byteCount, digest: removed.digest)
      #expect(Self.word(read.verdict(by: key, on: fewer + [renamed])) == "other_files")
    }
    let extra = FileEntry(path: ".git/config", byteCount: 1, digest: Digest(of: "x"))
    #expect(Self.word(read.verdict(by: key, on: entries + [extra])) == "other_files")
  }

  private static func word(_ verdict: BundleSignature.Verdict) -> String {
    switch verdict {
    case .valid: "valid"
    case .otherKey: "other_key"
    case .otherFiles: "other_files"
    case .invalid: "invalid"
    }
  }
}
