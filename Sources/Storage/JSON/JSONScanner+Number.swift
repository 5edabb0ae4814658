extension JSONScanner {
  /// Reads a number; the position is at its sign or first digit.
  ///
  /// Decimals with at most 53 bits of digits and a power of ten up to 22 are converted here: both are exact doubles, so
  /// one correctly rounded operation gives the nearest double (Clinger 1990). All others go to the standard library.
  mutating func number() throws -> JSONValue {
    let start = position
    let isNegative = peek() == UInt8(ascii: "-")
    if isNegative { position += 1 }
    var digits = Digits()
    if peek() == UInt8(ascii: "0") {
      position += 1
      guard !Self.isDigit(peek()) else { throw failure("no digit after a leading 0") }
    } else {
      try takeDigits(&digits, expected: "a digit")
    }
    var isInteger = true
    var power = 0
    if peek() == UInt8(ascii: ".") {
      isInteger = false
      position += 1
      let first = position
      try takeDigits(&digits, expected: "a digit after '.'")
      power = first - position
    }
    if peek() | 0x20 == UInt8(ascii: "e") {
      isInteger = false
      position += 1
      power += try exponent()
    }
    if isInteger { return try integer(from: start, isNegative: isNegative, digits) }
    if digits.fit, digits.value < 1 << 53, abs(power) <= 22 {
      let scale = Self.powersOfTen[abs(power)]
      let magnitude = power < 0 ? Double(digits.value) / scale : Double(digits.value) * scale
      return .double(isNegative ? -magnitude : magnitude)
    }
    return .double(try double(from: start))
  }

  private func integer(from start: Int, isNegative: Bool, _ digits: Digits) throws -> JSONValue {
    if digits.fit {
      if isNegative, digits.value == 0 { return .double(-0.0) }
      if !isNegative, let value = Int64(exactly: digits.value) { return .int(value) }
      if isNegative, digits.value <= Int64.min.magnitude { return .int(Int64(truncatingIfNeeded: 0 &- digits.value)) }
    }
    let value = try double(from: start)
    // The canonical writer prints 1e20 as an integer; any other long integer would silently lose digits.
    guard largeIntegers == .rounded || ECMAScriptNumber.text(of: value).utf8.elementsEqual(bytes[start..<position])
    else {
      throw StorageError.malformed(
        path: "JSON", line: nil, offset: start, expected: "an integer of 64 bits or one that a double denotes exactly",
        got: "\(position - start) digits", fault: .numberRange)
    }
    return .double(value)
  }

  private func double(from start: Int) throws -> Double {
    guard let value = Double(String(decoding: bytes[start..<position], as: UTF8.self)), value.isFinite else {
      throw StorageError.malformed(
        path: "JSON", line: nil, offset: start, expected: "a number that a double can hold", got: "one beyond 1.8e308",
        fault: .numberRange)
    }
    return value
  }

  private mutating func exponent() throws -> Int {
    let isNegative = peek() == UInt8(ascii: "-")
    if isNegative || peek() == UInt8(ascii: "+") { position += 1 }
    var digits = Digits()
    try takeDigits(&digits, expected: "a digit of the exponent")
    let magnitude = digits.fit ? Int(min(digits.value, 1_000_000)) : 1_000_000
    return isNegative ? -magnitude : magnitude
  }

  private mutating func takeDigits(_ digits: inout Digits, expected: String) throws {
    guard Self.isDigit(peek()) else { throw failure(expected) }
    while Self.isDigit(peek()) {
      digits.append(UInt64(peek() - UInt8(ascii: "0")))
      position += 1
    }
  }

  @inline(__always) private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

  /// 10⁰ … 10²², all exact.
  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]
}

/// Decimal digits accumulated while they fit 64 bits.
private struct Digits {
  var value: UInt64 = 0
  var fit = true

  @inline(__always) mutating func append(_ digit: UInt64) {
    let (product, overflowed) = value.multipliedReportingOverflow(by: 10)
    let (sum, carried) = product.addingReportingOverflow(digit)
    fit = fit && !overflowed && !carried
    value = sum
  }
}
