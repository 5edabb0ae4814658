/// The members of one object, refusing keys that `Key` does not know.
struct KeyedValueDecoder<Key: CodingKey>: KeyedDecodingContainerProtocol {
  private let object: JSONObject
  private let parent: KeyChain?

  init(object: JSONObject, parent: KeyChain?) throws {
    for member in object.members where Key(stringValue: member.key) == nil {
      throw StorageError.mismatch(
        path: "JSON", line: nil, key: KeyChain.path(parent).map(\.stringValue).joined(separator: "."),
        expected: "only known keys", got: "'\(StorageError.escaped(member.key))'", fault: .unknown)
    }
    self.object = object
    self.parent = parent
  }

  var codingPath: [any CodingKey] { KeyChain.path(parent) }
  var allKeys: [Key] { object.members.compactMap { Key(stringValue: $0.key) } }

  func contains(_ key: Key) -> Bool { object[key.stringValue] != nil }

  func decodeNil(forKey key: Key) throws -> Bool { try find(key) == .null }
  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try at(key).decode(type) }
  func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try at(key).decode(type) }
  func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try at(key).decode(type) }
  func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try at(key).decode(type) }
  func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try at(key).decode(type) }
  func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try at(key).decode(type) }
  func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try at(key).decode(type) }
  func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try at(key).decode(type) }
  func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try at(key).decode(type) }
  func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try at(key).decode(type) }
  func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try at(key).decode(type) }
  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T { try at(key).decode(type) }

  // The three that make up most records return directly and make a decoder only to report an error.
  func decode(_ type: String.Type, forKey key: Key) throws -> String {
    if case .string(let string) = try find(key) { return string }
    return try at(key).decode(type)
  }

  func decode(_ type: Int.Type, forKey key: Key) throws -> Int {
    if case .int(let integer) = try find(key), let result = Int(exactly: integer) { return result }
    return try at(key).decode(type)
  }

  func decode(_ type: Double.Type, forKey key: Key) throws -> Double {
    if case .double(let double) = try find(key) { return double }
    return try at(key).decode(type)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> { try at(key).container(keyedBy: type) }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { try at(key).unkeyedContainer() }

  func superDecoder() throws -> any Decoder { ValueDecoder(value: object["super"] ?? .null, parent: parent) }
  func superDecoder(forKey key: Key) throws -> any Decoder { try at(key) }

  private func at(_ key: Key) throws -> ValueDecoder {
    ValueDecoder(value: try find(key), parent: KeyChain(key, parent))
  }

  private func find(_ key: Key) throws -> JSONValue {
    guard let value = object[key.stringValue] else {
      throw StorageError.mismatch(
        path: "JSON", line: nil, key: KeyChain.path(parent, key).map(\.stringValue).joined(separator: "."),
        expected: "a value", got: "no such key", fault: .missing)
    }
    return value
  }
}

/// The elements of one array, in order.
struct UnkeyedValueDecoder: UnkeyedDecodingContainer {
  let elements: [JSONValue]
  let parent: KeyChain?
  private(set) var currentIndex = 0

  init(elements: [JSONValue], parent: KeyChain?) {
    self.elements = elements
    self.parent = parent
  }

  var codingPath: [any CodingKey] { KeyChain.path(parent) }
  var count: Int? { elements.count }
  var isAtEnd: Bool { currentIndex >= elements.count }

  mutating func decodeNil() throws -> Bool {
    guard try peek() == .null else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
    let result = try next().decode(type)
    currentIndex += 1
    return result
  }

  mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) throws -> KeyedDecodingContainer<Nested> {
    let container = try next().container(keyedBy: type)
    currentIndex += 1
    return container
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    let container = try next().unkeyedContainer()
    currentIndex += 1
    return container
  }

  mutating func superDecoder() throws -> any Decoder {
    let decoder = try next()
    currentIndex += 1
    return decoder
  }

  private func peek() throws -> JSONValue {
    guard !isAtEnd else {
      throw StorageError.mismatch(
        path: "JSON", line: nil, key: codingPath.map(\.stringValue).joined(separator: "."),
        expected: "at least \(currentIndex + 1) elements", got: "\(elements.count)")
    }
    return elements[currentIndex]
  }

  private func next() throws -> ValueDecoder {
    ValueDecoder(value: try peek(), parent: KeyChain(IndexKey(intValue: currentIndex), parent))
  }
}

/// The position of an array element in a coding path.
struct IndexKey: CodingKey {
  let index: Int

  init(intValue: Int) { index = intValue }
  init?(stringValue: String) { nil }

  var intValue: Int? { index }
  var stringValue: String { String(index) }
}
