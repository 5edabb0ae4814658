/// The product's one JSON reader: RFC 8259, strictly.
///
/// Refuses what other readers disagree about: duplicate keys, a byte-order mark, bytes after the value, invalid UTF-8,
/// lone surrogates, numbers beyond `Double`, and integers that no 64-bit integer and no double denotes exactly.
/// Cost: linear in the bytes.
public enum JSONReader {
  /// What becomes of an integer that no 64-bit integer and no double denotes exactly.
  public enum LargeIntegers: Sendable {
    case refused
    /// The nearest double: for files of others, whose keys may not concern us.
    case rounded
  }

  /// Reads one value that fills `bytes`, white space aside.
  ///
  /// - Throws: `StorageError.malformed` with the byte offset; `.tooLarge`. The path in it is "JSON": callers that know
  ///   the file relocate the error.
  public static func parse(
    _ bytes: UnsafeRawBufferPointer, maximumByteCount: Int = Limits.jsonByteCount, maximumDepth: Int = Limits.jsonDepth,
    largeIntegers: LargeIntegers = .refused
  ) throws -> JSONValue {
    guard bytes.count <= maximumByteCount else {
      throw StorageError.tooLarge(path: "JSON", byteCount: bytes.count, limit: maximumByteCount)
    }
    var scanner = JSONScanner(bytes: bytes, maximumDepth: maximumDepth, largeIntegers: largeIntegers)
    return try scanner.document()
  }

  /// Reads one value from an array of bytes.
  public static func parse(
    _ bytes: [UInt8], maximumByteCount: Int = Limits.jsonByteCount, maximumDepth: Int = Limits.jsonDepth
  ) throws -> JSONValue {
    try bytes.withUnsafeBytes {
      try parse($0, maximumByteCount: maximumByteCount, maximumDepth: maximumDepth)
    }
  }
}

/// The reader's position in its bytes. Every access goes through `peek`, which is bounds-checked.
struct JSONScanner {
  // SAFETY: borrowed from the caller of `JSONReader.parse` and never stored beyond that call.
  let bytes: UnsafeRawBufferPointer
  let maximumDepth: Int
  let largeIntegers: JSONReader.LargeIntegers
  var position = 0

  init(
    bytes: UnsafeRawBufferPointer, maximumDepth: Int, largeIntegers: JSONReader.LargeIntegers = .refused
  ) {
    self.bytes = bytes
    self.maximumDepth = maximumDepth
    self.largeIntegers = largeIntegers
  }

  /// The next byte, or 0 at the end: no token of JSON contains a 0 byte.
  @inline(__always) func peek() -> UInt8 { position < bytes.count ? bytes[position] : 0 }

  mutating func document() throws -> JSONValue {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { throw failure("JSON without a byte-order mark") }
    skipSpace()
    let result = try value(depth: 0)
    skipSpace()
    guard position == bytes.count else { throw failure("the end of the input") }
    return result
  }

  private mutating func value(depth: Int) throws -> JSONValue {
    switch peek() {
    case UInt8(ascii: "{"): return try object(depth: depth + 1)
    case UInt8(ascii: "["): return try array(depth: depth + 1)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: throw failure("a JSON value")
    }
  }

  private mutating func object(depth: Int) throws -> JSONValue {
    guard depth <= maximumDepth else { throw failure("at most \(maximumDepth) nested arrays and objects") }
    position += 1
    skipSpace()
    var members: [JSONObject.Member] = []
    if take(UInt8(ascii: "}")) { return .object(JSONObject()) }
    members.reserveCapacity(8)
    var seen = KeySet()
    while true {
      let start = position
      guard peek() == UInt8(ascii: "\"") else { throw failure("a key in double quotes") }
      let key = try string()
      guard seen.insert(key, members) else {
        position = start
        throw failure("distinct keys", got: "a second \"\(StorageError.escaped(key))\"", .duplicateKey)
      }
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw failure("':' after the key") }
      skipSpace()
      members.append(JSONObject.Member(key, try value(depth: depth)))
      skipSpace()
      if take(UInt8(ascii: "}")) { return .object(JSONObject(members)) }
      guard take(UInt8(ascii: ",")) else { throw failure("',' or '}'") }
      skipSpace()
    }
  }

  private mutating func array(depth: Int) throws -> JSONValue {
    guard depth <= maximumDepth else { throw failure("at most \(maximumDepth) nested arrays and objects") }
    position += 1
    skipSpace()
    var elements: [JSONValue] = []
    if take(UInt8(ascii: "]")) { return .array(elements) }
    while true {
      elements.append(try value(depth: depth))
      skipSpace()
      if take(UInt8(ascii: "]")) { return .array(elements) }
      guard take(UInt8(ascii: ",")) else { throw failure("',' or ']'") }
      skipSpace()
    }
  }

  private mutating func word(_ text: StaticString, _ value: JSONValue) throws -> JSONValue {
    for offset in 0..<text.utf8CodeUnitCount {
      guard peek() == text.utf8Start[offset] else { throw failure("'\(text)'") }
      position += 1
    }
    return value
  }

  @inline(__always) private mutating func take(_ byte: UInt8) -> Bool {
    guard peek() == byte else { return false }
    position += 1
    return true
  }

  @inline(__always) private mutating func skipSpace() {
    while true {
      let byte = peek()
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
      position += 1
    }
  }

  /// An error at the current position; `got` defaults to the byte there.
  func failure(_ expected: String, got: String? = nil, _ fault: StorageFault.Form = .syntax) -> StorageError {
    .malformed(path: "JSON", line: nil, offset: position, expected: expected, got: got ?? here, fault: fault)
  }

  private var here: String {
    guard position < bytes.count else { return "the end of the input" }
    let byte = bytes[position]
    guard byte < 0x80 else { return "byte 0x" + String(byte, radix: 16) }
    return "'" + Unicode.Scalar(byte).escaped(asASCII: true) + "'"
  }
}

/// The keys of one object so far: linear search while few, a set beyond, so that 10⁵ keys stay linear in time.
private struct KeySet {
  private static let few = 16
  private var set: Set<String> = []

  /// False if `key` is already among `members`.
  mutating func insert(_ key: String, _ members: [JSONObject.Member]) -> Bool {
    if members.count < Self.few { return !members.contains { $0.key == key } }
    if set.isEmpty { set = Set(members.map(\.key)) }
    return set.insert(key).inserted
  }
}
