import CKernels

/// What products multiply; sums are single-precision in every case.
public enum ProductFormat: String, CaseIterable, Sendable {
  /// IEEE 754 single precision.
  case float32
  /// Both operands rounded to bfloat16 (8 bits of significand; nearest, ties to even).
  case bfloat16

  var code: Int32 {
    switch self {
    case .float32: Int32(CK_FLOAT32.rawValue)
    case .bfloat16: Int32(CK_BFLOAT16.rawValue)
    }
  }

  /// `value` as a product reads it. Infinity and NaN stay what they are.
  func rounded(_ value: Float) -> Float {
    guard self == .bfloat16, value.isFinite else { return value }
    let bits = value.bitPattern
    return Float(bitPattern: (bits + 0x7fff + ((bits >> 16) & 1)) & 0xffff_0000)
  }
}
