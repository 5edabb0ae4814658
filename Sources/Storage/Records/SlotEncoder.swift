/// `Encoder` over an `EncodingSlot`.
struct SlotEncoder: Encoder, SingleValueEncodingContainer {
  let slot: EncodingSlot
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    slot.beginObject()
    return KeyedEncodingContainer(KeyedSlotEncoder<Key>(slot: slot))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    slot.beginArray()
    return UnkeyedSlotEncoder(slot: slot)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { self }

  func encodeNil() { slot.set(.null) }
  func encode(_ value: Bool) { slot.set(.bool(value)) }
  func encode(_ value: String) throws { try slot.set(value) }
  func encode(_ value: Double) throws { try slot.set(value) }
  func encode(_ value: Float) throws { try slot.set(Double(value)) }
  func encode(_ value: Int) throws { try slot.set(value) }
  func encode(_ value: Int8) throws { try slot.set(value) }
  func encode(_ value: Int16) throws { try slot.set(value) }
  func encode(_ value: Int32) throws { try slot.set(value) }
  func encode(_ value: Int64) throws { try slot.set(value) }
  func encode(_ value: UInt) throws { try slot.set(value) }
  func encode(_ value: UInt8) throws { try slot.set(value) }
  func encode(_ value: UInt16) throws { try slot.set(value) }
  func encode(_ value: UInt32) throws { try slot.set(value) }
  func encode(_ value: UInt64) throws { try slot.set(value) }
  func encode<T: Encodable>(_ value: T) throws { try slot.encode(value) }
}

/// The members of an object; every scalar goes through the slot's single-value encoder.
struct KeyedSlotEncoder<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let slot: EncodingSlot
  var codingPath: [any CodingKey] { [] }

  private func at(_ key: some CodingKey) -> SlotEncoder { SlotEncoder(slot: slot.member(key.stringValue)) }

  func encodeNil(forKey key: Key) { at(key).encodeNil() }
  func encode(_ value: Bool, forKey key: Key) { at(key).encode(value) }
  func encode(_ value: String, forKey key: Key) throws { try at(key).encode(value) }
  func encode(_ value: Double, forKey key: Key) throws { try at(key).encode(value) }
  func encode(_ value: Float, forKey key: Key) throws { try at(key).encode(value) }
  func encode(_ value: Int, forKey key: Key) throws { try at(key).encode(value) }
  func encode(_ value: Int8, forKey key: Key) throws { try at(key).encode(value) }
  func encode(_ value: Int16, forKey key: Key) throws { try at(key).encode(value) }
  func encode(_ value: Int32, forKey key: Key) throws { try at(key).encode(value) }
  func encode(_ value: Int64, forKey key: Key) throws { try at(key).encode(value) }
  func encode(_ value: UInt, forKey key: Key) throws { try at(key).encode(value) }
  func encode(_ value: UInt8, forKey key: Key) throws { try at(key).encode(value) }
  func encode(_ value: UInt16, forKey key: Key) throws { try at(key).encode(value) }
  func encode(_ value: UInt32, forKey key: Key) throws { try at(key).encode(value) }
  func encode(_ value: UInt64, forKey key: Key) throws { try at(key).encode(value) }
  func encode<T: Encodable>(_ value: T, forKey key: Key) throws { try at(key).encode(value) }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> { at(key).container(keyedBy: type) }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { at(key).unkeyedContainer() }
  func superEncoder() -> any Encoder { SlotEncoder(slot: slot.member("super")) }
  func superEncoder(forKey key: Key) -> any Encoder { at(key) }
}

/// The elements of an array.
struct UnkeyedSlotEncoder: UnkeyedEncodingContainer {
  let slot: EncodingSlot
  var codingPath: [any CodingKey] { [] }
  var count: Int { slot.count }

  private var next: SlotEncoder { SlotEncoder(slot: slot.element()) }

  func encodeNil() { next.encodeNil() }
  func encode<T: Encodable>(_ value: T) throws { try next.encode(value) }

  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
    next.container(keyedBy: type)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { next.unkeyedContainer() }
  func superEncoder() -> any Encoder { next }
}
