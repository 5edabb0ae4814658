import Glibc

import enum Crypto.P256

/// A private key that signs: ECDSA on the curve P-256 with SHA-256.
///
/// Signatures are randomised: signing the same bytes twice gives two different signatures, both valid.
public struct SigningKey: Sendable {
  private let key: P256.Signing.PrivateKey
  /// What verifies the signatures.
  public let verifying: VerifyingKey

  private static let labels: Set<String> = ["PRIVATE KEY", "EC PRIVATE KEY"]
  private static let expectation = "an unencrypted P-256 private key in PEM (PKCS#8 or SEC1)"

  /// Reads the private key in the PEM file at `path`: PKCS#8 (`PRIVATE KEY`) or SEC1 (`EC PRIVATE KEY`), not encrypted.
  ///
  /// - Throws: `SigningError.exposedKey` unless group and others have no permission on it, judged on the descriptor that
  ///   it is read from; `.badKey`; `StorageError` for a file that is missing, a link, or above
  ///   `SigningLimits.keyByteCount`.
  public init(_ path: StoragePath, in root: StorageRoot) throws {
    let file = try root.openFile(path)
    let mode = try file.status().st_mode & 0o7777
    guard mode & 0o077 == 0 else { throw SigningError.exposedKey(path: root.name(path), mode: mode) }
    try self.init(pem: file.readAll(limit: SigningLimits.keyByteCount), path: root.name(path))
  }

  /// Reads a private key from the bytes of a PEM file.
  ///
  /// - Parameter path: For messages.
  package init(pem: [UInt8], path: String) throws {
    key = try PEMDocument.key(in: pem, path: path, labels: Self.labels, expectation: Self.expectation) {
      try P256.Signing.PrivateKey(derRepresentation: $0)
    }
    verifying = VerifyingKey(key.publicKey)
  }

  /// A signature of `message` in DER, 8 to 72 bytes.
  package func signature(of message: [UInt8]) throws -> [UInt8] {
    Array(try key.signature(for: message).derRepresentation)
  }
}
