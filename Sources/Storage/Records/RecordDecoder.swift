import Schemas

/// Reads records out of JSON; what codex trusts has no unknown keys and no unknown version.
public struct RecordDecoder: Sendable {
  public init() {}

  /// Reads a record from the bytes of its envelope.
  ///
  /// - Throws: `StorageError.malformed` for bytes that are no JSON; `.mismatch` for another schema or version, unknown,
  ///   missing or wrongly typed keys. The path in it is "JSON" unless `path` says better.
  public func record<R: Record>(
    _ type: R.Type, from bytes: UnsafeRawBufferPointer, path: String = "JSON"
  ) throws -> R {
    do { return try record(type, from: JSONReader.parse(bytes)) } catch let error as StorageError {
      throw error.located(in: path)
    }
  }

  /// Reads a record from the bytes of its envelope.
  public func record<R: Record>(_ type: R.Type, from bytes: [UInt8], path: String = "JSON") throws -> R {
    try bytes.withUnsafeBytes { try record(type, from: $0, path: path) }
  }

  /// Reads a record from its envelope.
  public func record<R: Record>(_ type: R.Type, from envelope: JSONValue) throws -> R {
    guard case .object(let object) = envelope, object.members.count == 2, let data = object["data"],
      case .string(let schema) = object["schema"]
    else {
      throw StorageError.mismatch(
        path: "JSON", line: nil, key: "schema", expected: "an envelope {\"data\", \"schema\"}", got: envelope.kindName,
        fault: .schema)
    }
    guard schema == R.schema else {
      throw StorageError.mismatch(
        path: "JSON", line: nil, key: "schema", expected: "\"\(R.schema)\"",
        got: "\"\(StorageError.escaped(schema))\"", fault: .schema)
    }
    return try value(type, from: data)
  }

  /// Reads any decodable value that has no envelope, under the same rules.
  ///
  /// A type reads all keys of its object through one `CodingKey` type; a key that type does not know is refused.
  public func value<T: Decodable>(_ type: T.Type, from value: JSONValue) throws -> T {
    do { return try ValueDecoder(value: value, parent: nil).decode(type) } catch let error as DecodingError {
      throw StorageError(error)
    }
  }
}

extension StorageError {
  init(_ error: DecodingError) {
    let fault: StorageFault.Field = if case .keyNotFound = error { .missing } else { .value }
    let (context, expected, got): (DecodingError.Context, String, String?) =
      switch error {
      case .keyNotFound(let key, let context): (context, "the key '\(key.stringValue)'", "none")
      case .valueNotFound(let type, let context): (context, "\(type)", "null")
      case .typeMismatch(let type, let context): (context, "\(type)", context.debugDescription)
      case .dataCorrupted(let context): (context, "a value in range", context.debugDescription)
      @unknown default: (DecodingError.Context(codingPath: [], debugDescription: ""), "a record", "\(error)")
      }
    self = .mismatch(
      path: "JSON", line: nil, key: context.codingPath.map(\.stringValue).joined(separator: "."), expected: expected,
      got: got ?? "", fault: fault)
  }
}
