/// Numbers as ECMAScript's `Number::toString` prints them, which RFC 8785 section 3.2.2.3 prescribes.
enum ECMAScriptNumber {
  /// The shortest decimal that reads back as `value`; plain notation from 1e-6 below 1e21. -0 is "0". `value` is
  /// finite.
  static func text(of value: Double) -> String {
    if value == 0 { return "0" }
    // The standard library gives the shortest digits, the closest of them to the value; only the layout differs.
    let (digits, point) = shortest(value.magnitude)
    let sign = value < 0 ? "-" : ""
    let count = digits.utf8.count
    if count <= point, point <= 21 { return sign + digits + String(repeating: "0", count: point - count) }
    if 0 < point, point <= 21 { return sign + digits.prefix(point) + "." + digits.dropFirst(point) }
    if -6 < point, point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
    let exponent = point - 1
    let mantissa = count == 1 ? digits : digits.prefix(1) + "." + digits.dropFirst()
    return sign + mantissa + "e" + (exponent < 0 ? "-" : "+") + String(exponent.magnitude)
  }

  /// Digits d₁d₂…dₙ without zeros at either end, and the position of the decimal point: value = 0.d₁d₂…dₙ · 10^point.
  private static func shortest(_ magnitude: Double) -> (digits: String, point: Int) {
    var digits: [UInt8] = []
    var point = 0
    var exponent = 0
    var seenPoint = false
    let text = Array(magnitude.description.utf8)
    for (index, byte) in text.enumerated() {
      if byte == UInt8(ascii: "e") {
        exponent = Int(String(decoding: text[(index + 1)...], as: UTF8.self)) ?? 0
        break
      }
      if byte == UInt8(ascii: ".") {
        seenPoint = true
        continue
      }
      if !seenPoint { point += 1 }
      digits.append(byte)
    }
    let leading = digits.prefix { $0 == UInt8(ascii: "0") }.count
    digits.removeFirst(leading)
    while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    return (String(decoding: digits, as: UTF8.self), point - leading + exponent)
  }
}
