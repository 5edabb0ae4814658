/// A decimal number that adds as Python's `decimal.Decimal` does in its default context: exact operands, the sum
/// rounded to 28 digits, half to even.
struct SweepDecimal {
  private static let precision = 28

  /// Least significant digit first; no leading zeros, empty for zero.
  private var digits: [UInt8]
  /// The power of ten of the least significant digit.
  private var exponent: Int
  private var isNegative: Bool

  /// The exact value of a finite number.
  init(_ number: RangeNumber) {
    switch number {
    case .int(let integer): self.init(magnitude: integer.magnitude, isNegative: integer < 0)
    case .float(let double): self.init(double)
    }
  }

  private init(magnitude: UInt, isNegative: Bool) {
    digits = String(magnitude).utf8.reversed().map { $0 - UInt8(ascii: "0") }
    exponent = 0
    self.isNegative = isNegative
    trim()
  }

  private init(_ double: Double) {
    guard double != 0 else {
      self.init(magnitude: 0, isNegative: false)
      return
    }
    // double = significand · 2^power, with an integer significand of at most 53 bits.
    let power = Int(double.exponent) - double.significandWidth
    let significand =
      double.magnitude.significand * Double(sign: .plus, exponent: double.significandWidth, significand: 1)
    self.init(magnitude: UInt(significand), isNegative: double < 0)
    if power >= 0 {
      for _ in 0..<power { multiply(by: 2) }
    } else {
      // m · 2^-k = m · 5^k · 10^-k
      for _ in 0..<(-power) { multiply(by: 5) }
      exponent = power
    }
  }

  /// The nearest double.
  var double: Double {
    let text = String(decoding: digits.reversed().map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
    return Double("\(isNegative ? "-" : "")\(text.isEmpty ? "0" : text)e\(exponent)") ?? .nan
  }

  func adding(_ other: SweepDecimal) -> SweepDecimal {
    var sum = exactSum(with: other)
    sum.round()
    return sum
  }

  func isLess(than other: SweepDecimal) -> Bool {
    var negated = other
    negated.isNegative.toggle()
    let difference = exactSum(with: negated)
    return difference.isNegative && !difference.digits.isEmpty
  }

  // MARK: Digits

  private func exactSum(with other: SweepDecimal) -> SweepDecimal {
    let low = min(exponent, other.exponent)
    func aligned(_ number: SweepDecimal) -> [UInt8] {
      number.digits.isEmpty ? [] : Array(repeating: 0, count: number.exponent - low) + number.digits
    }
    var left = aligned(self), right = aligned(other), result = self
    result.exponent = low
    if isNegative == other.isNegative {
      if left.count < right.count { swap(&left, &right) }
      var carry: UInt8 = 0
      for index in left.indices {
        let sum = left[index] + (index < right.count ? right[index] : 0) + carry
        (left[index], carry) = (sum % 10, sum / 10)
      }
      if carry > 0 { left.append(carry) }
    } else {
      if Self.isLess(left, right) {
        swap(&left, &right)
        result.isNegative = other.isNegative
      }
      var borrow: UInt8 = 0
      for index in left.indices {
        let taken = (index < right.count ? right[index] : 0) + borrow
        borrow = left[index] < taken ? 1 : 0
        left[index] = left[index] + borrow * 10 - taken
      }
    }
    result.digits = left
    result.trim()
    if result.digits.isEmpty { result.isNegative = false }
    return result
  }

  private static func isLess(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    if left.count != right.count { return left.count < right.count }
    return left.reversed().lexicographicallyPrecedes(right.reversed())
  }

  private mutating func round() {
    let excess = digits.count - Self.precision
    guard excess > 0 else { return }
    let dropped = digits[..<excess]
    digits.removeFirst(excess)
    exponent += excess
    let half = dropped[excess - 1]
    let isTie = half == 5 && dropped.dropLast().allSatisfy { $0 == 0 }
    guard half > 5 || (half == 5 && !isTie) || (isTie && !digits[0].isMultiple(of: 2)) else { return }
    var index = 0
    while index < digits.count, digits[index] == 9 {
      digits[index] = 0
      index += 1
    }
    if index < digits.count { digits[index] += 1 } else { digits.append(1) }
  }

  private mutating func multiply(by factor: UInt8) {
    var carry: UInt8 = 0
    for index in digits.indices {
      let product = digits[index] * factor + carry
      (digits[index], carry) = (product % 10, product / 10)
    }
    if carry > 0 { digits.append(carry) }
  }

  private mutating func trim() {
    while digits.last == 0 { digits.removeLast() }
  }
}
