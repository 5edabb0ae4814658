import Schemas
import Storage

/// A detached signature of a bundle: the Sigstore bundle (JSON, version 0.3) that OpenSSF model-signing writes and
/// verifies for keys, around one signature of a `FilesStatement`.
public struct BundleSignature: Equatable, Sendable {
  public static let mediaType = "application/vnd.dev.sigstore.bundle.v0.3+json"

  /// SHA-256 of the signer's public key as PEM, in hexadecimal, as the file claims; nil where it says nothing.
  public let keyHint: String?
  private let envelope: SignedEnvelope

  /// What a key finds about a signature and the files that are there.
  public enum Verdict: Equatable, Sendable {
    /// It is by the key and covers exactly the files that are there.
    case valid
    /// It names another key.
    case otherKey
    /// It is by the key, but of other files; the sentence says which differ.
    case otherFiles(String)
    /// It is not by the key, although it does not name another, or what was signed is no signature of files.
    case invalid(String)
  }

  /// Signs an opened bundle, over the digests that opening it has computed.
  ///
  /// - Throws: `StorageError.tooLarge` for a bundle of more files than an envelope holds.
  public init(of bundle: Bundle, with key: SigningKey) throws {
    let files = FilesStatement(name: bundle.digest.hexadecimal, of: bundle.entries)
    // The format names the key outside the envelope.
    envelope = try SignedEnvelope(signing: files.statement, with: key, namingKey: false)
    keyHint = key.verifying.id
  }

  /// Reads a signature file.
  ///
  /// - Throws: `StorageError` for bytes that are no JSON, above `SigningLimits.envelopeByteCount`, another media type or
  ///   material than a public key, entries of a log (which nobody here could check), or other than one signature.
  public init(parsing bytes: [UInt8]) throws {
    let value = try JSONReader.parse(
      bytes, maximumByteCount: SigningLimits.envelopeByteCount, maximumDepth: SigningLimits.depth)
    try Self.demand("mediaType", Self.mediaType, value.text(at: "mediaType"))
    let material = try value.member("verificationMaterial")
    let key = try material.member("publicKey")
    keyHint = try key.optionalText(at: "hint", limit: SigningLimits.keyIDByteCount).flatMap { $0.isEmpty ? nil : $0 }
    if material["tlogEntries"] != nil { _ = try material.elements(at: "tlogEntries", count: 0...0) }
    envelope = try SignedEnvelope(reading: value.member("dsseEnvelope"))
    try Self.demand("dsseEnvelope.signatures", "1 signature", "\(envelope.signatureCount) signature")
  }

  /// The file's bytes, with a final newline.
  public func bytes() throws -> [UInt8] {
    let material: JSONValue = .object([
      "publicKey": .object(JSONObject(keyHint.map { [JSONObject.Member("hint", .string($0))] } ?? [])),
      "tlogEntries": .array([]),
    ])
    return try CanonicalJSON.write(
      .object([
        "dsseEnvelope": envelope.json, "mediaType": .string(Self.mediaType), "verificationMaterial": material,
      ])) + [UInt8(ascii: "\n")]
  }

  /// Whether this is a signature by `key` of exactly `entries`, the files that are there.
  ///
  /// A hint that names another key is a no whatever the signature, as in OpenSSF model-signing.
  public func verdict(by key: VerifyingKey, on entries: [FileEntry]) -> Verdict {
    if let keyHint, keyHint != key.id { return .otherKey }
    do {
      guard let statement = try envelope.statement(verifiedBy: key) else {
        return .invalid(
          "the bytes that it covers are not those that were signed"
            + (keyHint == nil ? ", or another key signed them (it names none)" : ""))
      }
      return try FilesStatement(statement).difference(from: entries).map(Verdict.otherFiles) ?? .valid
    } catch { return .invalid("\(error)") }
  }

  private static func demand(_ key: String, _ expected: String, _ got: String) throws {
    if got != expected {
      throw StorageError.mismatch(path: "JSON", line: nil, key: key, expected: expected, got: String(got.prefix(80)))
    }
  }
}
