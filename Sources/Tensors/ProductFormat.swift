import CKernels

/// What products multiply; sums are single-precision in every case.
public enum ProductFormat: String, CaseIterable, Sendable {
  /// IEEE 754 single precision.
  case float32
  /// Both operands rounded to bfloat16 (8 bits of significand; nearest, ties to even).
  case bfloat16
  /// Both operands rounded to 8-bit integers in groups of 64 terms of one sum, each with a scale of its own: right
  /// operands as they are packed, left ones as they are used. Sums within a group are exact. Operands must be finite.
  ///
  /// For products with trained weights: a product of normal numbers is off by about 0.8 % (root mean square, of its
  /// deviation), against 0.24 % for bfloat16.
  case int8

  /// The formats with a rounding of each number by itself: those of activations, gradients, keys and values.
  public static let floatingPoint: [ProductFormat] = [.float32, .bfloat16]

  package var code: Int32 {
    switch self {
    case .float32: Int32(CK_FLOAT32.rawValue)
    case .bfloat16: Int32(CK_BFLOAT16.rawValue)
    case .int8: Int32(CK_INT8.rawValue)
    }
  }

  /// `value` as a product in single or bfloat16 precision reads it. Infinity and NaN stay what they are.
  public func rounded(_ value: Float) -> Float {
    guard self == .bfloat16, value.isFinite else { return value }
    let bits = value.bitPattern
    return Float(bitPattern: (bits + 0x7fff + ((bits >> 16) & 1)) & 0xffff_0000)
  }

  /// The terms of one sum as a product reads them.
  func roundedTerms(_ terms: [Float]) -> [Double] {
    guard self == .int8 else { return terms.map { Double(rounded($0)) } }
    return stride(from: 0, to: terms.count, by: Self.group).flatMap { start in
      let group = terms[start..<min(start + Self.group, terms.count)]
      let largest = group.reduce(0) { max($0, abs($1)) }
      let inverse = largest > 0 ? 127 / largest : 0
      return group.map { Double(($0 * inverse).rounded(.toNearestOrEven)) * Double(largest / 127) }
    }
  }

  /// Terms that share a scale in products of 8-bit integers.
  static let group = 64
}
