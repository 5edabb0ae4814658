/// Single precision to and from the two 16-bit formats of model files; widening is exact.
///
/// bfloat16 is the upper half of a single; float16 is IEEE 754 binary16. In integer arithmetic, because Swift's `Float16`
/// calls functions that not every platform's C library has.
enum HalfPrecision {
  static func float(bfloat16 bits: UInt16) -> Float { Float(bitPattern: UInt32(bits) << 16) }

  static func float(float16 bits: UInt16) -> Float {
    let sign = UInt32(bits & 0x8000) << 16
    let exponent = UInt32(bits >> 10) & 0x1F
    let fraction = UInt32(bits & 0x3FF)
    switch exponent {
    case 0: return Float(bitPattern: sign | (Float(fraction) * 0x1p-24).bitPattern)  // zero or subnormal
    case 0x1F: return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
    default: return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
    }
  }

  /// The nearest bfloat16, ties to even; infinity above the largest, NaN for NaN.
  static func bfloat16(_ value: Float) -> UInt16 {
    let bits = value.bitPattern
    if value.isNaN { return UInt16(bits >> 16) | 0x40 }
    // Half a unit less one bit, plus the bit that decides ties; a carry out of the fraction is the next exponent.
    return UInt16((bits + 0x7FFF + (bits >> 16 & 1)) >> 16)
  }

  /// The nearest float16, ties to even; infinity above the largest, NaN for NaN.
  static func float16(_ value: Float) -> UInt16 {
    let sign = UInt16(value.bitPattern >> 16) & 0x8000
    let size = value.magnitude
    if value.isNaN { return sign | 0x7E00 }
    if size < 0x1p-14 { return sign | UInt16((size * 0x1p24).rounded(.toNearestOrEven)) }
    if size >= 65520 { return sign | 0x7C00 }
    let bits = size.bitPattern - 112 << 23
    return sign | UInt16((bits + 0xFFF + (bits >> 13 & 1)) >> 13)
  }
}
