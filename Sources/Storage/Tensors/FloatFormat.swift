/// How single-precision values are stored in a file of tensors.
public enum FloatFormat: Sendable, CaseIterable {
  /// As they are.
  case float32
  /// The nearest bfloat16, ties to even.
  case bfloat16

  public var type: TensorDataType {
    switch self {
    case .float32: .float32
    case .bfloat16: .bfloat16
    }
  }

  /// Whether `value` is stored as a finite number.
  func holds(_ value: Float) -> Bool {
    switch self {
    case .float32: value.isFinite
    case .bfloat16: HalfPrecision.float(bfloat16: HalfPrecision.bfloat16(value)).isFinite
    }
  }

  /// Hands the stored form of `values` to `sink`, front to back, in parts of bounded size.
  ///
  /// Files of tensors are little-endian, as is every platform that codex supports.
  func encode(_ values: UnsafeBufferPointer<Float>, to sink: (UnsafeRawBufferPointer) throws -> Void) rethrows {
    switch self {
    case .float32: try sink(UnsafeRawBufferPointer(values))
    case .bfloat16:
      var part: [UInt16] = []
      var start = 0
      while start < values.count {
        let end = min(values.count, start + 1 << 16)
        part.removeAll(keepingCapacity: true)
        for index in start..<end { part.append(HalfPrecision.bfloat16(values[index])) }
        try part.withUnsafeBytes(sink)
        start = end
      }
    }
  }
}
