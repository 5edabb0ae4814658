import Schemas

/// An in-toto statement (in-toto/attestation, `spec/v1/statement.md`): a predicate about things that digests name.
public struct InTotoStatement: Equatable, Sendable {
  public static let type = "https://in-toto.io/Statement/v1"

  /// A thing that is spoken about.
  public struct Subject: Equatable, Sendable {
    public let name: String
    public let digest: Digest

    public init(name: String, digest: Digest) {
      self.name = name
      self.digest = digest
    }
  }

  public let subjects: [Subject]
  /// The URI that says what `predicate` means.
  public let predicateType: String
  public let predicate: JSONValue

  public init(subjects: [Subject], predicateType: String, predicate: JSONValue) {
    self.subjects = subjects
    self.predicateType = predicateType
    self.predicate = predicate
  }

  /// Reads a statement; unknown keys, and digests of other algorithms beside `sha256`, are passed over.
  ///
  /// - Throws: `StorageError` for other bytes than JSON, another `_type`, subjects that are none, too many or without a
  ///   SHA-256 digest, missing and wrongly typed keys.
  public init(parsing bytes: [UInt8]) throws {
    let value = try JSONReader.parse(
      bytes, maximumByteCount: SigningLimits.envelopeByteCount, maximumDepth: SigningLimits.depth)
    let type = try value.text(at: "_type")
    guard type == Self.type else {
      throw StorageError.mismatch(
        path: "JSON", line: nil, key: "_type", expected: "\"\(Self.type)\"", got: "\"\(StorageError.escaped(type))\"")
    }
    subjects = try value.elements(at: "subject", count: 1...SigningLimits.subjectCount).map { element in
      Subject(
        name: try element.optionalText(at: "name", limit: SigningLimits.envelopeByteCount) ?? "",
        digest: try element.member("digest").hexadecimalDigest(at: "sha256"))
    }
    predicateType = try value.text(at: "predicateType")
    predicate = try value.member("predicate")
  }

  var json: JSONValue {
    .object([
      "_type": .string(Self.type), "predicate": predicate, "predicateType": .string(predicateType),
      "subject": .array(
        subjects.map {
          .object(["digest": .object(["sha256": .string($0.digest.hexadecimal)]), "name": .string($0.name)])
        }),
    ])
  }
}
