import Foundation
import Schemas
import Storage
import TestSupport
import Testing

@Suite struct KeyTests {
  private let fixture: SigningFixture

  init() throws { fixture = try SigningFixture() }

  @Test func init_readsPKCS8AndSEC1_asOneKey() throws {
    for name in ["first", "second"] {
      let expected = try fixture.verifyingKey(name)
      for form in ["pkcs8", "sec1"] {
        #expect(try SigningKey(pem: fixture.pem(name, form), path: "key").verifying.id == expected.id)
      }
    }
    #expect(try fixture.verifyingKey("first").id != fixture.verifyingKey("second").id)
  }

  @Test func digest_isOfThePEMText_asModelSigningNamesKeys() throws {
    #expect(try fixture.verifyingKey("first").digest == Digest(of: fixture.pem("first", "public")))
  }

  @Test func init_passesOverTheCurvesParameters_andCarriageReturns() throws {
    let parameters = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
    let key = String(decoding: try fixture.pem("first", "sec1"), as: UTF8.self)
    let text = (parameters + key).replacing("\n", with: "\r\n")
    #expect(try SigningKey(pem: Array(text.utf8), path: "key").verifying.id == fixture.verifyingKey("first").id)
  }

  @Test func init_refusesWhatIsNoKeyOfItsKind() throws {
    let privateKeys = try fixture.texts("refused_private_keys")
    let publicKeys = try fixture.texts("refused_public_keys")
    #expect(privateKeys.count >= 15 && publicKeys.count >= 7)
    for (name, bytes) in privateKeys {
      #expect(throws: SigningError.self, "\(name)") { try SigningKey(pem: bytes, path: "key") }
    }
    for (name, bytes) in publicKeys {
      #expect(throws: SigningError.self, "\(name)") { try VerifyingKey(pem: bytes, path: "key") }
    }
  }

  @Test func init_refusesAFileThatOthersMayRead() throws {
    let workspace = try ScratchWorkspace()
    try workspace.plant("key.pem", fixture.pem("first", "pkcs8"))
    for mode in [0o600, 0o400, 0o700] {
      try setMode(mode, workspace)
      _ = try SigningKey("key.pem", in: workspace.root)
    }
    for mode in [0o644, 0o640, 0o604, 0o620, 0o602, 0o601] {
      try setMode(mode, workspace)
      #expect(throws: SigningError.exposedKey(path: workspace.root.name("key.pem"), mode: UInt32(mode))) {
        try SigningKey("key.pem", in: workspace.root)
      }
    }
  }

  @Test func init_refusesLinksAndLargeFiles() throws {
    let workspace = try ScratchWorkspace()
    try workspace.plant("large.pem", [UInt8](repeating: 0x41, count: SigningLimits.keyByteCount + 1))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: workspace.path + "/large.pem")
    #expect(throws: StorageError.self) { try SigningKey("large.pem", in: workspace.root) }
    #expect(throws: StorageError.self) { try VerifyingKey("large.pem", in: workspace.root) }
    try workspace.plant("key.pem", fixture.pem("first", "pkcs8"))
    try setMode(0o600, workspace)
    try FileManager.default.createSymbolicLink(
      atPath: workspace.path + "/link.pem", withDestinationPath: "key.pem")
    #expect(throws: StorageError.self) { try SigningKey("link.pem", in: workspace.root) }
  }

  @Test func signature_isVerifiedByItsKeyOnly_andNeverTheSameTwice() throws {
    let key = try fixture.signingKey("first")
    let message = Array("message".utf8)
    let signatures = try (0..<20).map { _ in try key.signature(of: message) }
    #expect(Set(signatures).count == 20)
    for signature in signatures {
      #expect(signature.count <= SigningLimits.signatureByteCount)
      #expect(key.verifying.verifies(signature, of: message))
      #expect(try !fixture.verifyingKey("second").verifies(signature, of: message))
      #expect(!key.verifying.verifies(signature, of: message + [0]))
      #expect(!key.verifying.verifies(Array(signature.dropLast()), of: message))
    }
  }

  private func setMode(_ mode: Int, _ workspace: ScratchWorkspace) throws {
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: workspace.path + "/key.pem")
  }
}
