/// What a tensor's bytes mean, by the names of the safetensors format.
public enum TensorDataType: String, Sendable, CaseIterable {
  case boolean = "BOOL"
  case uint8 = "U8"
  case int8 = "I8"
  case float8E5M2 = "F8_E5M2"
  case float8E4M3 = "F8_E4M3"
  case int16 = "I16"
  case uint16 = "U16"
  case float16 = "F16"
  case bfloat16 = "BF16"
  case int32 = "I32"
  case uint32 = "U32"
  case float32 = "F32"
  case float64 = "F64"
  case int64 = "I64"
  case uint64 = "U64"

  /// Bytes of one element.
  public var byteCount: Int {
    switch self {
    case .boolean, .uint8, .int8, .float8E5M2, .float8E4M3: 1
    case .int16, .uint16, .float16, .bfloat16: 2
    case .int32, .uint32, .float32: 4
    case .float64, .int64, .uint64: 8
    }
  }

  /// Whether every value is a single-precision number too, so that `SafetensorsFile.copyFloats` reads it.
  public var isWidenedExactly: Bool { self == .float32 || self == .float16 || self == .bfloat16 }
}

/// One tensor of a safetensors file.
public struct TensorEntry: Equatable, Sendable {
  public let name: String
  public let type: TensorDataType
  /// Row-major; empty for a scalar.
  public let shape: [Int]
  /// Byte positions after the header.
  public let range: Range<Int>
}

/// The checked header of a safetensors file: 8 bytes of little-endian length, then JSON, then the tensors without
/// holes.
///
/// Format: https://huggingface.co/docs/safetensors, and the checks of its reference implementation.
struct SafetensorsHeader {
  /// In order of their bytes.
  let tensors: [TensorEntry]
  let metadata: [String: String]
  /// Where the tensors' bytes start in the file.
  let dataStart: Int

  /// Reads and checks the header of a file that is `bytes`. Errors have the path "JSON" and offsets from the file's
  /// start.
  init(_ bytes: UnsafeRawBufferPointer) throws {
    guard bytes.count >= 8 else { throw Self.malformed(0, "8 bytes of header length", "\(bytes.count) bytes") }
    let declared = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[$1]) << UInt64(8 * $1) }
    guard declared <= UInt64(Limits.safetensorsHeaderByteCount), let count = Int(exactly: declared),
      count <= bytes.count - 8
    else {
      throw Self.malformed(
        0, "a header of at most \(min(bytes.count - 8, Limits.safetensorsHeaderByteCount)) bytes", "\(declared)")
    }
    guard count > 0, bytes[8] == UInt8(ascii: "{") else { throw Self.malformed(8, "'{'", "another byte") }
    let json: JSONValue
    do {
      json = try JSONReader.parse(
        UnsafeRawBufferPointer(rebasing: bytes[8..<(8 + count)]), maximumByteCount: Limits.safetensorsHeaderByteCount,
        maximumDepth: 3)
    } catch let error as StorageError { throw error.located(in: "JSON", base: 8) }
    guard case .object(let object) = json else { throw Self.malformed(8, "an object", json.kindName) }
    guard object.members.count <= Limits.safetensorsTensorCount else {
      throw Self.malformed(8, "at most \(Limits.safetensorsTensorCount) tensors", "\(object.members.count)")
    }
    dataStart = 8 + count
    metadata = try Self.metadata(object["__metadata__"])
    tensors = try object.members.filter { $0.key != "__metadata__" }.map(Self.tensor)
      .sorted { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
    var end = 0
    for tensor in tensors {
      guard tensor.range.lowerBound == end else {
        throw Self.malformed(
          8, "'\(tensor.name)' to start at \(end), without hole or overlap", "\(tensor.range.lowerBound)")
      }
      end = tensor.range.upperBound
    }
    guard end == bytes.count - dataStart else {
      throw Self.malformed(8, "\(bytes.count - dataStart) bytes of tensors", "\(end)")
    }
  }

  private static func metadata(_ value: JSONValue?) throws -> [String: String] {
    guard let value else { return [:] }
    guard case .object(let object) = value else { throw malformed(8, "__metadata__ to be an object", value.kindName) }
    var metadata: [String: String] = [:]
    for member in object.members {
      guard case .string(let text) = member.value else {
        throw malformed(8, "strings in __metadata__", member.value.kindName)
      }
      metadata[member.key] = text
    }
    return metadata
  }

  private static func tensor(_ member: JSONObject.Member) throws -> TensorEntry {
    let name = StorageError.escaped(member.key)
    guard case .object(let object) = member.value, object.members.count == 3,
      case .string(let typeName) = object["dtype"],
      case .array(let sizes) = object["shape"], case .array(let offsets) = object["data_offsets"]
    else { throw malformed(8, "dtype, shape and data_offsets of '\(name)' and nothing else", member.value.kindName) }
    guard let type = TensorDataType(rawValue: typeName) else {
      throw malformed(8, "a known dtype of '\(name)'", "'\(StorageError.escaped(typeName))'")
    }
    let shape = try sizes.map { try count($0, "a size of '\(name)'") }
    let bounds = try offsets.map { try count($0, "an offset of '\(name)'") }
    guard bounds.count == 2, bounds[0] <= bounds[1] else {
      throw malformed(8, "two ascending data_offsets of '\(name)'", "\(bounds)")
    }
    var byteCount = type.byteCount
    for size in shape {
      let (product, overflowed) = byteCount.multipliedReportingOverflow(by: size)
      guard !overflowed else { throw malformed(8, "a shape of '\(name)' that fits memory", "\(shape)") }
      byteCount = product
    }
    guard bounds[1] - bounds[0] == byteCount else {
      throw malformed(8, "\(byteCount) bytes of '\(name)' by its shape", "\(bounds[1] - bounds[0])")
    }
    return TensorEntry(name: member.key, type: type, shape: shape, range: bounds[0]..<bounds[1])
  }

  private static func count(_ value: JSONValue, _ what: String) throws -> Int {
    guard case .int(let integer) = value, let count = Int(exactly: integer), count >= 0 else {
      throw malformed(8, "\(what) to be an integer ≥ 0", value.kindName)
    }
    return count
  }

  static func malformed(_ offset: Int, _ expected: String, _ got: String) -> StorageError {
    .malformed(path: "JSON", line: nil, offset: offset, expected: expected, got: got)
  }
}
