import Schemas

import enum Crypto.P256

/// A public key that verifies ECDSA signatures on the curve P-256 with SHA-256.
public struct VerifyingKey: Sendable {
  private let key: P256.Signing.PublicKey
  /// SHA-256 of the key's PEM text (SubjectPublicKeyInfo, uncompressed point), as OpenSSF model-signing names keys.
  public let digest: Digest

  private static let label = "PUBLIC KEY"
  private static let expectation = "a P-256 public key in PEM (SubjectPublicKeyInfo)"

  init(_ key: P256.Signing.PublicKey) {
    self.key = key
    digest = Digest(of: PEMDocument(label: Self.label, bytes: Array(key.derRepresentation)).text)
  }

  /// Reads the public key in the PEM file at `path` (`PUBLIC KEY`).
  ///
  /// - Throws: `SigningError.badKey`; `StorageError` for a file that is missing, a link, or above
  ///   `SigningLimits.keyByteCount`.
  public init(_ path: StoragePath, in root: StorageRoot) throws {
    try self.init(pem: root.read(path, limit: SigningLimits.keyByteCount), path: root.name(path))
  }

  /// Reads a public key from the bytes of a PEM file.
  ///
  /// - Parameter path: For messages.
  package init(pem: [UInt8], path: String) throws {
    self.init(
      try PEMDocument.key(in: pem, path: path, labels: [Self.label], expectation: Self.expectation) {
        try P256.Signing.PublicKey(derRepresentation: $0)
      })
  }

  /// The key's id in envelopes: the hexadecimal digits of `digest`.
  public var id: String { digest.hexadecimal }

  /// Whether `signature` (in DER; either of the two values of s) is one of `message` by this key.
  package func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
    guard let signature = try? P256.Signing.ECDSASignature(derRepresentation: signature) else { return false }
    return key.isValidSignature(signature, for: message)
  }
}
