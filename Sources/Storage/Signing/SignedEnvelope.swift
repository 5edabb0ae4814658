/// A DSSE envelope (secure-systems-lab/dsse, protocol 1.0): an in-toto statement as bytes, and signatures of them.
///
/// The payload is kept as bytes and read only by `statement(verifiedBy:)`: nobody can use what no signature covers.
public struct SignedEnvelope: Equatable, Sendable {
  /// The only type of payload that is written and read.
  public static let payloadType = "application/vnd.in-toto+json"

  private let payload: [UInt8]
  private let signatures: [Signature]

  private struct Signature: Equatable, Sendable {
    /// Whose it claims to be; empty where nothing is claimed. Only a hint.
    let keyID: String
    /// In DER.
    let bytes: [UInt8]
  }

  /// Signs `statement`.
  ///
  /// - Parameter namingKey: Whether the signature names the key by `VerifyingKey.id`.
  /// - Throws: `StorageError.tooLarge` above `SigningLimits.envelopeByteCount`; `.unwritable`.
  public init(signing statement: InTotoStatement, with key: SigningKey, namingKey: Bool) throws {
    payload = try CanonicalJSON.write(statement.json)
    signatures = [
      Signature(
        keyID: namingKey ? key.verifying.id : "", bytes: try key.signature(of: Self.preimage(of: payload)))
    ]
    let byteCount = try CanonicalJSON.write(json).count
    guard byteCount <= SigningLimits.envelopeByteCount else {
      throw StorageError.tooLarge(path: "envelope", byteCount: byteCount, limit: SigningLimits.envelopeByteCount)
    }
  }

  /// Reads an envelope; unknown keys are passed over, as DSSE demands.
  ///
  /// - Throws: `StorageError.mismatch` for another type of payload, no signature or more than
  ///   `SigningLimits.signatureCount`, base64 that is not canonical, missing and wrongly typed keys.
  public init(reading value: JSONValue) throws {
    let type = try value.text(at: "payloadType")
    guard type == Self.payloadType else {
      throw StorageError.mismatch(
        path: "JSON", line: nil, key: "payloadType", expected: "\"\(Self.payloadType)\"",
        got: "\"\(StorageError.escaped(type))\"")
    }
    payload = try value.base64(at: "payload", limit: SigningLimits.envelopeByteCount)
    signatures = try value.elements(at: "signatures", count: 1...SigningLimits.signatureCount).map { element in
      Signature(
        keyID: try element.optionalText(at: "keyid", limit: SigningLimits.keyIDByteCount) ?? "",
        bytes: try element.base64(at: "sig", limit: SigningLimits.signatureByteCount))
    }
  }

  /// Reads an envelope from its bytes.
  public init(parsing bytes: [UInt8]) throws {
    try self.init(
      reading: JSONReader.parse(
        bytes, maximumByteCount: SigningLimits.envelopeByteCount, maximumDepth: SigningLimits.depth))
  }

  public var signatureCount: Int { signatures.count }

  public var json: JSONValue {
    .object([
      "payload": .string(CanonicalBase64.text(of: payload)), "payloadType": .string(Self.payloadType),
      "signatures": .array(
        signatures.map {
          .object(["keyid": .string($0.keyID), "sig": .string(CanonicalBase64.text(of: $0.bytes))])
        }),
    ])
  }

  /// The statement, provided that one of the signatures is by `key`.
  ///
  /// - Returns: nil if none is.
  /// - Throws: `StorageError` where what was signed is no statement.
  public func statement(verifiedBy key: VerifyingKey) throws -> InTotoStatement? {
    let message = Self.preimage(of: payload)
    guard signatures.contains(where: { key.verifies($0.bytes, of: message) }) else { return nil }
    return try InTotoStatement(parsing: payload)
  }

  /// Whether every signature claims to be by another key than `key`.
  public func namesOnlyOthers(than key: VerifyingKey) -> Bool {
    signatures.allSatisfy { !$0.keyID.isEmpty && $0.keyID != key.id }
  }

  /// What is signed: DSSE's pre-authentication encoding of type and payload.
  private static func preimage(of payload: [UInt8]) -> [UInt8] {
    Array("DSSEv1 \(payloadType.utf8.count) \(payloadType) \(payload.count) ".utf8) + payload
  }
}
