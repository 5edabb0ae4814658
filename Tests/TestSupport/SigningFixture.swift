import Foundation
import Schemas
import Storage

/// `Tests/Fixtures/signatures/signatures.json`: keys, signatures by public tools, and inputs that must be refused.
public struct SigningFixture: Sendable {
  private let document: JSONValue

  public init() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/signatures/signatures.json")
    document = try JSONReader.parse(Array(Data(contentsOf: file)))
  }

  /// The PEM text of a key: `first` or `second`, in the form `pkcs8`, `sec1` or `public`.
  public func pem(_ name: String, _ form: String) throws -> [UInt8] {
    Array(try document.member("keys").member(name).text(at: form).utf8)
  }

  public func signingKey(_ name: String) throws -> SigningKey { try SigningKey(pem: pem(name, "pkcs8"), path: name) }

  public func verifyingKey(_ name: String) throws -> VerifyingKey {
    try VerifyingKey(pem: pem(name, "public"), path: name)
  }

  /// The texts of one section by name, as bytes.
  public func texts(_ section: String) throws -> [(name: String, bytes: [UInt8])] {
    try members(section).map { ($0.key, Array(try document.member(section).text(at: $0.key).utf8)) }
  }

  /// The files of the folder that OpenSSF model-signing signed.
  public func folder() throws -> [FileEntry] {
    try document.elements(at: "folder", count: 1...100).map { file in
      guard case .int(let count) = try file.member("byte_count") else {
        throw StorageError.mismatch(
          path: "JSON", line: nil, key: "byte_count", expected: "an integer", got: "another value")
      }
      return FileEntry(
        path: try file.text(at: "path"), byteCount: Int(count), digest: try file.hexadecimalDigest(at: "sha256"))
    }
  }

  /// Files whose verdict is a no, with the word for it: `other_files`, `invalid` or `other_key`.
  public func wrongModelSignatures() throws -> [(name: String, word: String, bytes: [UInt8])] {
    try members("wrong_model_signatures").map { member in
      guard case .array(let pair) = member.value, pair.count == 2, case .string(let word) = pair[0],
        case .string(let text) = pair[1]
      else {
        throw StorageError.mismatch(
          path: "JSON", line: nil, key: member.key, expected: "a word and a text", got: "another value")
      }
      return (member.key, word, Array(text.utf8))
    }
  }

  private func members(_ section: String) throws -> [JSONObject.Member] {
    guard case .object(let object) = try document.member(section) else { return [] }
    return object.members
  }
}
