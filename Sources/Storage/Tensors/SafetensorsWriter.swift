import Schemas

/// One tensor of single-precision values to be written.
public struct TensorToWrite {
  public let name: String
  /// Row-major; empty for a scalar.
  public let shape: [Int]
  // SAFETY: borrowed; the caller keeps the elements alive until the write returns.
  public let data: UnsafeBufferPointer<Float>
  public let format: FloatFormat

  /// Traps unless `data` has as many elements as `shape` says.
  public init(name: String, shape: [Int], data: UnsafeBufferPointer<Float>, format: FloatFormat = .float32) {
    precondition(data.count == shape.reduce(1, *), "tensor '\(name)' has \(data.count) elements for shape \(shape)")
    self.name = name
    self.shape = shape
    self.data = data
    self.format = format
  }

  /// Bytes in the file.
  public var byteCount: Int { data.count * format.type.byteCount }
}

/// Writes safetensors files whose bytes depend on nothing but the arguments; the tensors keep the order given.
public enum SafetensorsWriter {
  /// Hands the file to `sink` front to back: the header, padded with spaces to a multiple of 8, then each tensor.
  ///
  /// - Throws: `StorageError.unwritable` for a repeated name, the name `__metadata__`, or an element that is not
  ///   finite as it is stored, all before `sink` is called; what `sink` throws.
  public static func write(
    _ tensors: [TensorToWrite], metadata: [String: String] = [:], to sink: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    var names: Set<String> = ["__metadata__"]
    for tensor in tensors {
      guard names.insert(tensor.name).inserted else {
        throw StorageError.unwritable(path: "safetensors", expected: "distinct names", got: "'\(tensor.name)' again")
      }
      if let bad = tensor.data.firstIndex(where: { !tensor.format.holds($0) }) {
        throw StorageError.unwritable(
          path: "safetensors", expected: "finite \(tensor.format.type.rawValue) elements",
          got: "\(tensor.data[bad]) in '\(tensor.name)' at [\(bad)]")
      }
    }
    try header(tensors, metadata).withUnsafeBytes(sink)
    for tensor in tensors { try tensor.format.encode(tensor.data, to: sink) }
  }

  private static func header(_ tensors: [TensorToWrite], _ metadata: [String: String]) throws -> [UInt8] {
    var members: [JSONObject.Member] = []
    if !metadata.isEmpty {
      let pairs = metadata.map { JSONObject.Member($0.key, .string($0.value)) }
      members.append(JSONObject.Member("__metadata__", .object(JSONObject(pairs))))
    }
    var end = 0
    for tensor in tensors {
      let start = end
      end += tensor.byteCount
      let entry: JSONObject = [
        "dtype": .string(tensor.format.type.rawValue), "shape": .array(tensor.shape.map { .int(Int64($0)) }),
        "data_offsets": .array([.int(Int64(start)), .int(Int64(end))]),
      ]
      members.append(JSONObject.Member(tensor.name, .object(entry)))
    }
    // The outer object keeps the order of the tensors; everything inside is canonical.
    var json = Array("{".utf8)
    for (index, member) in members.enumerated() {
      if index > 0 { json.append(UInt8(ascii: ",")) }
      try CanonicalJSON.append(.string(member.key), to: &json)
      json.append(UInt8(ascii: ":"))
      try CanonicalJSON.append(member.value, to: &json)
    }
    json.append(UInt8(ascii: "}"))
    while json.count % 8 != 0 { json.append(UInt8(ascii: " ")) }
    let length = UInt64(json.count)
    return (0..<8).map { UInt8(truncatingIfNeeded: length >> UInt64(8 * $0)) } + json
  }
}

extension StagingDirectory {
  /// Writes tensors as a safetensors file; see `SafetensorsWriter`.
  @discardableResult
  public func write(
    _ path: StoragePath, tensors: [TensorToWrite], metadata: [String: String] = [:]
  ) throws -> FileEntry {
    try writeFile(path) { file in
      do { try SafetensorsWriter.write(tensors, metadata: metadata) { try file.append($0) } } catch let error
        as StorageError
      {
        throw error.located(in: root.name(path))
      }
    }
  }
}
