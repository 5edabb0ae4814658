/// A share in (0, 1] taken as the decimal that prints it, in units of 10⁻¹⁸, so that ranks follow from integers.
///
/// No binary number is 0.95: in `Double` (1 - 0.95) / 2 · 10,000 is 250.00000000000023, and its ceiling 251. What is meant
/// is the shortest decimal that reads back as the same `Double`. Decimals beyond the eighteenth, which only shares below
/// 0.01 print, are rounded.
package struct DecimalShare {
  private let units: UInt64
  private static let one: UInt64 = 1_000_000_000_000_000_000

  /// Traps outside (0, 1].
  package init(_ share: Double) {
    precondition(share > 0 && share <= 1, "a share lies in (0, 1]")
    // "0.95", "1.0", "9.5e-05": sign and infinities are excluded above.
    let parts = share.description.split(separator: "e")
    let exponent = parts.count == 2 ? Int(parts[1]) ?? 0 : 0
    let mantissa = parts[0].split(separator: ".")
    let decimals = (mantissa.count == 2 ? mantissa[1].count : 0) - exponent
    if decimals <= 18, let digits = UInt64(mantissa.joined()) {
      units = (decimals..<18).reduce(digits) { scaled, _ in scaled * 10 }
    } else {
      units = UInt64((share * 1e18).rounded())
    }
  }

  /// ⌈share·count⌉ in 1...count: the nearest rank.
  package func rank(of count: Int) -> Int { Self.ceiling(units, times: count, over: Self.one) }

  /// The nearest ranks of both ends of a two-sided interval whose confidence is this share: ⌈(1-share)/2·count⌉ and
  /// ⌈(1+share)/2·count⌉; 250 and 9,750 for 0.95 of 10,000.
  package func intervalRanks(of count: Int) -> (lower: Int, upper: Int) {
    (
      Self.ceiling(Self.one - units, times: count, over: 2 * Self.one),
      Self.ceiling(Self.one + units, times: count, over: 2 * Self.one)
    )
  }

  /// ⌈numerator·count / denominator⌉ in 1...count; exact in 128 bits. `numerator` ≤ `denominator`.
  private static func ceiling(_ numerator: UInt64, times count: Int, over denominator: UInt64) -> Int {
    let division = denominator.dividingFullWidth(numerator.multipliedFullWidth(by: UInt64(count)))
    return min(max(Int(division.quotient) + (division.remainder > 0 ? 1 : 0), 1), count)
  }
}
