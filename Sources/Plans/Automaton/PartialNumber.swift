/// An integer being read, least significant digit first.
struct PartialNumber: Hashable, Sendable {
  private(set) var magnitude = 0
  private(set) var digitCount = 0
  private(set) var isNegative = false
  private var scale = 1
  private var lastDigit = 0

  /// Whether nothing, not even a sign, was read.
  var isEmpty: Bool { digitCount == 0 && !isNegative }

  /// Whether the number may end here: its most significant digit is not 0 unless it is the number 0.
  var canEnd: Bool {
    digitCount == 1 ? !(isNegative && lastDigit == 0) : digitCount > 1 && lastDigit != 0
  }

  var term: PlanTerm { .integer(isNegative ? -magnitude : magnitude) }

  mutating func appendMinus() { isNegative = true }

  mutating func append(digit: Int) {
    magnitude += digit * scale
    scale *= 10
    digitCount += 1
    lastDigit = digit
  }

  /// How many digits must at least follow `digit` if it comes next, or `nil` if none of them fits `maximumDigits`.
  func digitsNeeded(after digit: Int, maximumDigits: Int) -> Int? {
    guard digitCount < maximumDigits else { return nil }
    let ends = digit != 0 || (digitCount == 0 && !isNegative)
    if ends { return 0 }
    return digitCount + 1 < maximumDigits ? 1 : nil
  }
}
