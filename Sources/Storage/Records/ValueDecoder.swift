/// Where a value stands: a chain of keys, built only for nested values and read only for messages.
final class KeyChain {
  let key: any CodingKey
  let parent: KeyChain?

  init(_ key: any CodingKey, _ parent: KeyChain?) {
    self.key = key
    self.parent = parent
  }

  /// The keys from the outermost to `chain`, and then `last`.
  static func path(_ chain: KeyChain?, _ last: (any CodingKey)? = nil) -> [any CodingKey] {
    var keys = last.map { [$0] } ?? []
    var link = chain
    while let current = link {
      keys.append(current.key)
      link = current.parent
    }
    if last != nil { return keys.dropFirst().reversed() + keys.prefix(1) }
    return keys.reversed()
  }
}

/// `Decoder` over one JSON value: 25 bytes, so that it is made without allocating where a type allows.
struct ValueDecoder: Decoder, SingleValueDecodingContainer {
  let value: JSONValue
  let parent: KeyChain?

  var codingPath: [any CodingKey] { KeyChain.path(parent) }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard case .object(let object) = value else { throw mismatch("an object") }
    return KeyedDecodingContainer(try KeyedValueDecoder<Key>(object: object, parent: parent))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard case .array(let elements) = value else { throw mismatch("an array") }
    return UnkeyedValueDecoder(elements: elements, parent: parent)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { self }

  func decodeNil() -> Bool { value == .null }

  func decode(_ type: Bool.Type) throws -> Bool {
    guard case .bool(let flag) = value else { throw mismatch("a boolean") }
    return flag
  }

  func decode(_ type: String.Type) throws -> String {
    guard case .string(let string) = value else { throw mismatch("a string") }
    return string
  }

  func decode(_ type: Double.Type) throws -> Double {
    switch value {
    case .double(let double): return double
    case .int(let integer): return Double(integer)
    default: throw mismatch("a number")
    }
  }

  func decode(_ type: Float.Type) throws -> Float {
    let float = Float(try decode(Double.self))
    guard float.isFinite else { throw mismatch("a number of single precision") }
    return float
  }

  func decode(_ type: Int.Type) throws -> Int { try integer() }
  func decode(_ type: Int8.Type) throws -> Int8 { try integer() }
  func decode(_ type: Int16.Type) throws -> Int16 { try integer() }
  func decode(_ type: Int32.Type) throws -> Int32 { try integer() }
  func decode(_ type: Int64.Type) throws -> Int64 { try integer() }
  func decode(_ type: UInt.Type) throws -> UInt { try integer() }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try integer() }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try integer() }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try integer() }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try integer() }

  func decode<T: Decodable>(_ type: T.Type) throws -> T {
    if type == JSONValue.self, let same = value as? T { return same }
    return try T(from: self)
  }

  private func integer<I: FixedWidthInteger>() throws -> I {
    guard case .int(let integer) = value else { throw mismatch("an integer") }
    guard let result = I(exactly: integer) else { throw mismatch("an integer in \(I.min)...\(I.max)") }
    return result
  }

  func mismatch(_ expected: String) -> StorageError {
    let got: String =
      switch value {
      case .bool(let flag): "\(flag)"
      case .int(let integer): "\(integer)"
      case .double(let double): ECMAScriptNumber.text(of: double)
      case .string(let string): "\"\(StorageError.escaped(string))\""
      default: value.kindName
      }
    return .mismatch(
      path: "JSON", line: nil, key: codingPath.map(\.stringValue).joined(separator: "."), expected: expected, got: got)
  }
}
