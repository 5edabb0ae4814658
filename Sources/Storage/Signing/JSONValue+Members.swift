import Schemas

/// Members of formats that are not codex's own, hence no records: read by key, errors name it.
extension JSONValue {
  /// - Throws: `StorageError.mismatch` unless this is an object that has `key`.
  public func member(_ key: String) throws -> JSONValue {
    guard case .object(let object) = self else {
      throw StorageError.mismatch(path: "JSON", line: nil, key: key, expected: "an object around it", got: kindName)
    }
    guard let value = object[key] else { throw Self.mismatch(key, "the key '\(key)'", "none", .missing) }
    return value
  }

  /// The string under `key`.
  public func text(at key: String) throws -> String {
    let value = try member(key)
    guard case .string(let text) = value else { throw Self.mismatch(key, "a string", value.kindName) }
    return text
  }

  /// The string under `key`, of at most `limit` bytes; nil where there is no such key.
  public func optionalText(at key: String, limit: Int) throws -> String? {
    guard self[key] != nil else { return nil }
    let text = try text(at: key)
    guard text.utf8.count <= limit else {
      throw Self.mismatch(key, "at most \(limit) bytes", "\(text.utf8.count)")
    }
    return text
  }

  /// The elements of the array under `key`.
  public func elements(at key: String, count: ClosedRange<Int>) throws -> [JSONValue] {
    let value = try member(key)
    guard case .array(let elements) = value else { throw Self.mismatch(key, "an array", value.kindName) }
    guard count.contains(elements.count) else {
      throw Self.mismatch(key, "\(count.lowerBound) to \(count.upperBound) elements", "\(elements.count)")
    }
    return elements
  }

  /// The digest under `key`, written as 64 lower-case hexadecimal digits alone.
  public func hexadecimalDigest(at key: String) throws -> Digest {
    let text = try text(at: key)
    guard let digest = try? Digest(parsing: "sha256:" + text) else {
      throw Self.mismatch(key, "64 lower-case hexadecimal digits", "\"\(StorageError.escaped(text))\"")
    }
    return digest
  }

  /// The bytes that the string under `key` spells in canonical base64: 1 to `limit` of them.
  func base64(at key: String, limit: Int) throws -> [UInt8] {
    guard let bytes = CanonicalBase64.bytes(of: try text(at: key)) else {
      throw Self.mismatch(key, "canonical base64", "another text")
    }
    guard (1...limit).contains(bytes.count) else { throw Self.mismatch(key, "1 to \(limit) bytes", "\(bytes.count)") }
    return bytes
  }

  private static func mismatch(
    _ key: String, _ expected: String, _ got: String, _ fault: StorageFault.Field = .value
  ) -> StorageError {
    .mismatch(path: "JSON", line: nil, key: key, expected: expected, got: got, fault: fault)
  }
}
