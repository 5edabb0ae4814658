/// How a tensor's values are stored in a GGUF file, by the numbers of `ggml_type` (ggml/include/ggml.h).
public enum GGUFTensorType: UInt32, Sendable, CaseIterable {
  case float32 = 0
  /// Q8_0: blocks of 32 values, each a float16 scale (the largest magnitude / 127) and 32 signed bytes.
  case int8Blocks = 8
  case bfloat16 = 30

  /// Values that are stored together; a row is a whole number of these.
  public var blockCount: Int { self == .int8Blocks ? 32 : 1 }

  /// Bytes of one block.
  var blockByteCount: Int {
    switch self {
    case .float32: 4
    case .int8Blocks: 2 + 32
    case .bfloat16: 2
    }
  }

  /// Whether `value` is stored as a finite number.
  func holds(_ value: Float) -> Bool {
    switch self {
    case .float32: FloatFormat.float32.holds(value)
    case .bfloat16: FloatFormat.bfloat16.holds(value)
    case .int8Blocks: HalfPrecision.float(float16: HalfPrecision.float16(value / 127)).isFinite
    }
  }
}

/// One tensor of single-precision values to be written to a GGUF file.
public struct GGUFTensor {
  public let name: String
  /// Row-major, outermost first; the file lists it innermost first.
  public let shape: [Int]
  public let type: GGUFTensorType
  // SAFETY: borrowed; the caller keeps the elements alive until the write returns.
  public let data: UnsafeBufferPointer<Float>
  /// Which row of `data` stands at each place of the file; nil: in order.
  public let rowOrder: [Int]?

  /// Traps unless `data` has as many elements as `shape` says, rows are whole blocks, and `rowOrder` is a permutation.
  public init(
    name: String, shape: [Int], type: GGUFTensorType, data: UnsafeBufferPointer<Float>, rowOrder: [Int]? = nil
  ) {
    precondition(!shape.isEmpty && data.count == shape.reduce(1, *), "tensor '\(name)' is not of shape \(shape)")
    precondition(shape[shape.count - 1] % type.blockCount == 0, "rows of '\(name)' are no whole blocks")
    let rows = shape.dropLast().reduce(1, *)
    if let rowOrder {
      precondition(rowOrder.count == rows && Set(rowOrder) == Set(0..<rows), "'\(name)': rows are permuted")
    }
    self.name = name
    self.shape = shape
    self.type = type
    self.data = data
    self.rowOrder = rowOrder
  }

  /// Bytes in the file, padding not counted.
  public var byteCount: Int { data.count / type.blockCount * type.blockByteCount }

  /// Hands the stored form to `sink`, front to back, in parts of bounded size.
  func encode(to sink: (UnsafeRawBufferPointer) throws -> Void) rethrows {
    guard let rowOrder else { return try encode(data, to: sink) }
    let width = shape[shape.count - 1]
    for row in rowOrder {
      try encode(UnsafeBufferPointer(rebasing: data[row * width..<(row + 1) * width]), to: sink)
    }
  }

  private func encode(
    _ values: UnsafeBufferPointer<Float>, to sink: (UnsafeRawBufferPointer) throws -> Void
  ) rethrows {
    switch type {
    case .float32: try FloatFormat.float32.encode(values, to: sink)
    case .bfloat16: try FloatFormat.bfloat16.encode(values, to: sink)
    case .int8Blocks:
      var part: [UInt8] = []
      var start = 0
      while start < values.count {
        let end = min(values.count, start + 1 << 16)
        part.removeAll(keepingCapacity: true)
        for block in stride(from: start, to: end, by: 32) { Self.appendBlock(values, at: block, to: &part) }
        try part.withUnsafeBytes(sink)
        start = end
      }
    }
  }

  /// As `quantize_row_q8_0_ref` (ggml/src/ggml-quants.c): the values are divided by the scale before it is rounded to
  /// float16, and rounded half away from zero.
  private static func appendBlock(_ values: UnsafeBufferPointer<Float>, at start: Int, to part: inout [UInt8]) {
    var largest: Float = 0
    for index in start..<start + 32 { largest = max(largest, values[index].magnitude) }
    let scale = largest / 127
    let inverse = scale == 0 ? 0 : 1 / scale
    let stored = HalfPrecision.float16(scale)
    part.append(UInt8(truncatingIfNeeded: stored))
    part.append(UInt8(truncatingIfNeeded: stored >> 8))
    for index in start..<start + 32 {
      // The inverse of a subnormal scale is infinite; its float16 is zero, and so are the values that it stands for.
      let quotient = inverse.isFinite ? (values[index] * inverse).rounded(.toNearestOrAwayFromZero) : 0
      part.append(UInt8(bitPattern: Int8(max(-127, min(127, quotient)))))
    }
  }
}
