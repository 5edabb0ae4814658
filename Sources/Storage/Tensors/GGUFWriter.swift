import Schemas

/// A value of a GGUF file's metadata, by the types of `gguf_type` (ggml/include/gguf.h).
public enum GGUFValue: Equatable, Sendable {
  case uint32(UInt32)
  case float32(Float)
  case bool(Bool)
  case string(String)
  case strings([String])
  case float32s([Float])
  case int32s([Int32])
}

/// Writes GGUF files, version 3, little-endian, tensors aligned to 32 bytes; the bytes depend on nothing but the
/// arguments.
///
/// Format: ggml/docs/gguf.md. Knows the container only; what a model's keys and tensors are called is the caller's
/// business.
public enum GGUFWriter {
  /// Every tensor starts at a multiple of this many bytes (GGUF_DEFAULT_ALIGNMENT).
  public static let alignment = 32
  private static let version: UInt32 = 3
  /// Longest name that readers accept, without the zero that ends it in C (GGML_MAX_NAME - 1).
  private static let maximumNameByteCount = 63

  /// Hands the file to `sink` front to back: header, metadata in the order given, tensor list, then each tensor.
  ///
  /// - Throws: `StorageError.unwritable` for a repeated key or name, a name that is too long, or an element that is not
  ///   finite as it is stored, all before `sink` is called; what `sink` throws.
  public static func write(
    metadata: [(key: String, value: GGUFValue)], tensors: [GGUFTensor],
    to sink: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    try check(metadata.map(\.key), tensors)
    var header = Encoder()
    header.bytes = Array("GGUF".utf8)
    header.append(version)
    header.append(UInt64(tensors.count))
    header.append(UInt64(metadata.count))
    for (key, value) in metadata {
      header.append(key)
      header.append(value)
    }
    var offset = 0
    for tensor in tensors {
      header.append(tensor.name)
      header.append(UInt32(tensor.shape.count))
      for size in tensor.shape.reversed() { header.append(UInt64(size)) }
      header.append(tensor.type.rawValue)
      header.append(UInt64(offset))
      offset += padded(tensor.byteCount)
    }
    header.bytes += padding(after: header.bytes.count)
    try header.bytes.withUnsafeBytes(sink)
    for tensor in tensors {
      try tensor.encode(to: sink)
      try padding(after: tensor.byteCount).withUnsafeBytes(sink)
    }
  }

  private static func check(_ keys: [String], _ tensors: [GGUFTensor]) throws {
    func refuse(_ expected: String, _ got: String) -> StorageError {
      .unwritable(path: "GGUF", expected: expected, got: got)
    }
    var seen: Set<String> = []
    for key in keys where !seen.insert(key).inserted { throw refuse("distinct keys", "'\(key)' again") }
    seen = []
    for tensor in tensors {
      guard seen.insert(tensor.name).inserted else { throw refuse("distinct names", "'\(tensor.name)' again") }
      guard tensor.name.utf8.count <= maximumNameByteCount else {
        throw refuse("names of at most \(maximumNameByteCount) bytes", "'\(tensor.name)'")
      }
      if let bad = tensor.data.firstIndex(where: { !tensor.type.holds($0) }) {
        throw refuse("finite elements", "\(tensor.data[bad]) in '\(tensor.name)' at [\(bad)]")
      }
    }
  }

  private static func padded(_ byteCount: Int) -> Int { (byteCount + alignment - 1) / alignment * alignment }

  private static func padding(after byteCount: Int) -> [UInt8] {
    [UInt8](repeating: 0, count: padded(byteCount) - byteCount)
  }

  /// The header's bytes as they grow.
  private struct Encoder {
    var bytes: [UInt8] = []

    mutating func append(_ value: some FixedWidthInteger) {
      withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func append(_ text: String) {
      append(UInt64(text.utf8.count))
      bytes.append(contentsOf: text.utf8)
    }

    /// The number of the type, then the value.
    mutating func append(_ value: GGUFValue) {
      switch value {
      case .uint32(let number):
        append(UInt32(4))
        append(number)
      case .float32(let number):
        append(UInt32(6))
        append(number.bitPattern)
      case .bool(let flag):
        append(UInt32(7))
        append(UInt8(flag ? 1 : 0))
      case .string(let text):
        append(UInt32(8))
        append(text)
      case .strings(let texts):
        appendArray(of: 8, count: texts.count)
        for text in texts { append(text) }
      case .float32s(let numbers):
        appendArray(of: 6, count: numbers.count)
        for number in numbers { append(number.bitPattern) }
      case .int32s(let numbers):
        appendArray(of: 5, count: numbers.count)
        for number in numbers { append(number) }
      }
    }

    private mutating func appendArray(of type: UInt32, count: Int) {
      append(UInt32(9))
      append(type)
      append(UInt64(count))
    }
  }
}
