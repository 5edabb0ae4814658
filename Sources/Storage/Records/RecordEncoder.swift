import Schemas

/// Turns records into canonical JSON in their envelope `{"data": {…}, "schema": "codex.<name>/<version>"}`.
public struct RecordEncoder: Sendable {
  public init() {}

  /// The canonical bytes of `record` in its envelope, without a newline.
  ///
  /// - Throws: `StorageError.unwritable` for numbers that are not finite or exceed 64-bit integers.
  public func bytes<R: Record>(of record: R) throws -> [UInt8] {
    let data = try value(of: record)
    return try CanonicalJSON.write(.object(["data": data, "schema": .string(R.schema)]))
  }

  /// `value` as JSON, without an envelope; `nil` optionals are absent keys.
  public func value(of value: some Encodable) throws -> JSONValue {
    let slot = EncodingSlot()
    try slot.encode(value)
    return slot.value
  }
}

/// Where one encoded value will stand.
final class EncodingSlot {
  private enum Content {
    case nothing
    case value(JSONValue)
    case object([(key: String, slot: EncodingSlot)])
    case array([EncodingSlot])
  }

  private var content = Content.nothing

  /// What was encoded; a type that encodes nothing is an empty object.
  var value: JSONValue {
    switch content {
    case .nothing: .object(JSONObject())
    case .value(let value): value
    case .object(let members): .object(JSONObject(members.map { JSONObject.Member($0.key, $0.slot.value) }))
    case .array(let elements): .array(elements.map(\.value))
    }
  }

  var count: Int { if case .array(let elements) = content { elements.count } else { 0 } }

  func set(_ value: JSONValue) { content = .value(value) }

  func set(_ value: some BinaryInteger) throws {
    guard let integer = Int64(exactly: value) else {
      throw StorageError.unwritable(path: "JSON", expected: "an integer of 64 bits with sign", got: "\(value)")
    }
    content = .value(.int(integer))
  }

  func set(_ value: Double) throws {
    guard value.isFinite else {
      throw StorageError.unwritable(path: "JSON", expected: "a finite number", got: "\(value)")
    }
    content = .value(.double(value))
  }

  /// Text must be in Unicode normalisation form C: otherwise equal-looking records would have different digests. It is
  /// refused, not repaired, because a repaired text is not what the caller handed over.
  func set(_ text: String) throws {
    if text.utf8.contains(where: { $0 >= 0x80 }), !text.utf8.elementsEqual(text._nfcCodeUnits) {
      throw StorageError.unwritable(
        path: "JSON", expected: "text in Unicode normalisation form C", got: "'\(StorageError.escaped(text))'")
    }
    content = .value(.string(text))
  }

  func encode(_ value: some Encodable) throws {
    switch value {
    case let value as String: try set(value)
    case let value as Int: try set(value)
    case let value as Bool: set(.bool(value))
    case let value as Double: try set(value)
    case let value as JSONValue: set(value)
    default: try value.encode(to: SlotEncoder(slot: self))
    }
  }

  func member(_ key: String) -> EncodingSlot {
    let slot = EncodingSlot()
    if case .object(var members) = content {
      content = .nothing  // so that the array is not copied
      members.append((key, slot))
      content = .object(members)
    } else {
      content = .object([(key, slot)])
    }
    return slot
  }

  func element() -> EncodingSlot {
    let slot = EncodingSlot()
    if case .array(var elements) = content {
      content = .nothing
      elements.append(slot)
      content = .array(elements)
    } else {
      content = .array([slot])
    }
    return slot
  }

  func beginObject() { if case .nothing = content { content = .object([]) } }

  func beginArray() { if case .nothing = content { content = .array([]) } }
}
