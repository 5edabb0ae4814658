import Schemas

/// One line of a `ChainedLog`: canonical JSON that carries its number, the digest of the line before it and its own.
///
/// `{"data":{…},"prev":"sha256:…","schema":"codex.x/1","seq":0,"sha":"sha256:…"}`; `sha` is the SHA-256 digest of the
/// line without its newline and its member `sha`. The first line's `prev` is 64 zeros.
public struct ChainedLine: Sendable {
  /// The line's number, from 0, and its `sha`.
  public let head: LedgerHead
  /// The `sha` of the line before it, as this line has it.
  public let previous: Digest
  /// The record's type and version, e.g. `codex.metric/1`.
  public let schema: String
  /// The record, not yet read as one.
  public let data: JSONValue
  /// Number of the line in its file, from 1.
  public let line: Int
  /// Where the line starts, in bytes from the start of the file.
  public let offset: Int
  /// Where the next line starts.
  public let end: Int
  /// The file, for messages.
  public let path: String

  /// The record, read as `type`.
  ///
  /// - Throws: `StorageError.mismatch` with file and line for another schema, and for unknown, missing or wrongly typed
  ///   keys.
  public func record<R: Record>(_ type: R.Type) throws -> R {
    do {
      return try RecordDecoder().record(type, from: .object(["data": data, "schema": .string(schema)]))
    } catch let error as StorageError { throw error.located(in: path, line: line) }
  }

  /// The `prev` of the line after `head`, or of the first line.
  static func previous(after head: LedgerHead?) -> Digest { head?.digest ?? origin }

  private static let origin: Digest = {
    guard let zeros = Digest(bytes: repeatElement(0, count: Digest.byteCount)) else {
      preconditionFailure("SHA-256 has 32 bytes")
    }
    return zeros
  }()
}
