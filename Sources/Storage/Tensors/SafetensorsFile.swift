import Schemas

/// A safetensors file, mapped and fully checked when opened; tensors are read without copying where alignment allows.
public final class SafetensorsFile: Sendable {
  public let file: MappedFile
  /// In order of their bytes.
  public let tensors: [TensorEntry]
  public let metadata: [String: String]
  private let dataStart: Int
  private let positions: [String: Int]

  /// - Throws: `StorageError.malformed` for any departure from the format.
  public init(_ file: MappedFile) throws {
    let header: SafetensorsHeader
    do { header = try file.withBytes { try SafetensorsHeader($0) } } catch let error as StorageError {
      throw error.located(in: file.path)
    }
    self.file = file
    tensors = header.tensors
    metadata = header.metadata
    dataStart = header.dataStart
    positions = Dictionary(uniqueKeysWithValues: header.tensors.enumerated().map { ($1.name, $0) })
  }

  /// Opens the file at `path`.
  public convenience init(_ path: StoragePath, in root: StorageRoot) throws {
    try self.init(MappedFile(path, in: root))
  }

  /// The entry called `name`. Throws `StorageError.mismatch` if there is none.
  public func entry(_ name: String) throws -> TensorEntry {
    guard let position = positions[name] else {
      throw StorageError.mismatch(
        path: file.path, line: nil, key: name, expected: "a tensor", got: "none among \(tensors.count)")
    }
    return tensors[position]
  }

  /// Calls `body` with the bytes of tensor `name`, which need not be aligned.
  public func withBytes<R>(_ name: String, _ body: (UnsafeRawBufferPointer) throws -> R) throws -> R {
    let range = try entry(name).range
    // SAFETY: the header check proved that the range lies inside the file.
    return try file.withBytes {
      try body(UnsafeRawBufferPointer(rebasing: $0[(dataStart + range.lowerBound)...].prefix(range.count)))
    }
  }

  /// Calls `body` with the elements of tensor `name`, row-major.
  ///
  /// - Throws: `.mismatch` unless it exists, has type F32 and the shape `shape`.
  public func withFloats<R>(
    _ name: String, shape: [Int], _ body: (UnsafeBufferPointer<Float>) throws -> R
  ) throws -> R {
    let entry = try entry(name)
    guard entry.type == .float32, entry.shape == shape else {
      throw StorageError.mismatch(
        path: file.path, line: nil, key: name, expected: "F32 \(shape)", got: "\(entry.type.rawValue) \(entry.shape)")
    }
    return try withBytes(name) { data in
      if let base = data.baseAddress, Int(bitPattern: base) % MemoryLayout<Float>.alignment == 0 {
        return try body(data.assumingMemoryBound(to: Float.self))
      }
      // Files of others need not be aligned.
      let copy = [Float](unsafeUninitializedCapacity: data.count / MemoryLayout<Float>.size) { buffer, count in
        count = data.count / MemoryLayout<Float>.size
        UnsafeMutableRawBufferPointer(buffer).copyMemory(from: UnsafeRawBufferPointer(rebasing: data.prefix(4 * count)))
      }
      return try copy.withUnsafeBufferPointer(body)
    }
  }

  /// The elements of tensor `name` as an array; see `withFloats`.
  public func floats(_ name: String, shape: [Int]) throws -> [Float] {
    try withFloats(name, shape: shape) { Array($0) }
  }

  /// Copies the elements of tensor `name` to `target`, in single precision; F16 and BF16 widen exactly.
  ///
  /// The file's pages are given back afterwards: a file that is read through once needs no memory beside `target`.
  ///
  /// - Parameter target: Room for as many floats as `shape` says.
  /// - Throws: `.mismatch` unless it exists in the shape `shape`, as F32, F16 or BF16.
  public func copyFloats(_ name: String, shape: [Int], to target: UnsafeMutablePointer<Float>) throws {
    let entry = try entry(name)
    guard entry.shape == shape, entry.type.isWidenedExactly else {
      throw StorageError.mismatch(
        path: file.path, line: nil, key: name, expected: "F32, F16 or BF16 \(shape)",
        got: "\(entry.type.rawValue) \(entry.shape)")
    }
    let count = shape.reduce(1, *)
    try withBytes(name) { data in
      func half(_ index: Int) -> UInt16 { data.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self) }
      switch entry.type {
      case .bfloat16: for index in 0..<count { target[index] = HalfPrecision.float(bfloat16: half(index)) }
      case .float16: for index in 0..<count { target[index] = HalfPrecision.float(float16: half(index)) }
      default: UnsafeMutableRawBufferPointer(start: target, count: data.count).copyMemory(from: data)
      }
    }
    file.releasePages(dataStart + entry.range.lowerBound..<dataStart + entry.range.upperBound)
  }

  /// Throws `StorageError.malformed` at the first F32 element that is NaN or infinite.
  public func checkFinite() throws {
    for entry in tensors where entry.type == .float32 {
      try withFloats(entry.name, shape: entry.shape) { values in
        guard let bad = values.firstIndex(where: { !$0.isFinite }) else { return }
        throw StorageError.malformed(
          path: file.path, line: nil, offset: dataStart + entry.range.lowerBound + 4 * bad,
          expected: "finite elements of '\(entry.name)'", got: "\(values[bad]) at [\(bad)]")
      }
    }
  }
}
