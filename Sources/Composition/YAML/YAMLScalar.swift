/// Decides what a plain YAML scalar means, as OmegaConf 2.3 does: YAML 1.1 booleans, integers in four bases and base
/// 60, floats with or without a point, no dates.
///
/// Source: PyYAML `resolver.py` and `constructor.py`; OmegaConf `_utils.py`, `get_yaml_loader` (its float pattern).
enum YAMLScalar {
  /// What a plain scalar means.
  enum Meaning {
    case value(ConfigValue)
    /// An integer that does not fit 64 bits.
    case tooLarge
    /// `=` or `<<` as a value: a tag that nothing constructs.
    case reserved(tag: String)
  }

  static let null: Set<String> = ["", "~", "null", "Null", "NULL"]
  static let booleans: [String: Bool] = [
    "yes": true, "Yes": true, "YES": true, "no": false, "No": false, "NO": false,
    "true": true, "True": true, "TRUE": true, "false": false, "False": false, "FALSE": false,
    "on": true, "On": true, "ON": true, "off": false, "Off": false, "OFF": false,
  ]

  static func meaning(ofPlain text: String) -> Meaning {
    if null.contains(text) { return .value(.null) }
    if let flag = booleans[text] { return .value(.bool(flag)) }
    if text == "<<" { return .reserved(tag: "merge") }
    if text == "=" { return .reserved(tag: "value") }
    let bytes = Array(text.utf8)
    if let double = float(bytes) { return .value(.float(double)) }
    switch integer(bytes) {
    case .notAnInteger: return .value(.string(text))
    case .tooLarge: return .tooLarge
    case .value(let integer): return .value(.int(integer))
    }
  }

  // MARK: Integers

  enum IntegerReading {
    case notAnInteger, tooLarge
    case value(Int)
  }

  /// `[-+]?` then `0b[01_]+`, `0x[0-9a-fA-F_]+`, `0[0-7_]+`, `0|[1-9][0-9_]*`, or base 60:
  /// `[1-9][0-9_]*(:[0-5]?[0-9])+`.
  static func integer(_ bytes: [UInt8]) -> IntegerReading {
    let (negative, body) = splitSign(bytes)
    guard let first = body.first, isDigit(first) else { return .notAnInteger }
    let groups = body.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    if groups.count > 1 {
      guard first != UInt8(ascii: "0"), isDecimal(groups[0]), groups.dropFirst().allSatisfy(isSexagesimal) else {
        return .notAnInteger
      }
      return fold(groups.map { digits($0, radix: 10) }, base: 60, negative: negative)
    }
    if first == UInt8(ascii: "0"), body.count > 1 {
      let marker = body[body.startIndex + 1]
      let radix = marker == UInt8(ascii: "b") ? 2 : marker == UInt8(ascii: "x") ? 16 : 8
      let rest = body.dropFirst(radix == 8 ? 1 : 2)
      guard !rest.isEmpty, rest.allSatisfy({ $0 == underscore || digit($0).map { $0 < radix } ?? false }) else {
        return .notAnInteger
      }
      return fold([digits(rest, radix: UInt(radix))], base: 1, negative: negative)
    }
    return isDecimal(body) ? fold([digits(body, radix: 10)], base: 1, negative: negative) : .notAnInteger
  }

  /// Magnitudes are unsigned: that of the smallest integer is one more than the largest has.
  private static func fold(_ groups: [UInt?], base: UInt, negative: Bool) -> IntegerReading {
    var total: UInt = 0
    for group in groups {
      let (product, overflow) = total.multipliedReportingOverflow(by: base)
      guard let group, !overflow else { return .tooLarge }
      let (sum, carry) = product.addingReportingOverflow(group)
      if carry { return .tooLarge }
      total = sum
    }
    if negative, total == Int.min.magnitude { return .value(.min) }
    return Int(exactly: total).map { .value(negative ? -$0 : $0) } ?? .tooLarge
  }

  /// The value of the digits, underscores ignored; nil if it does not fit.
  private static func digits(_ bytes: ArraySlice<UInt8>, radix: UInt) -> UInt? {
    var total: UInt = 0
    for byte in bytes where byte != underscore {
      let (product, overflow) = total.multipliedReportingOverflow(by: radix)
      let (sum, carry) = product.addingReportingOverflow(UInt(digit(byte) ?? 0))
      if overflow || carry { return nil }
      total = sum
    }
    return total
  }

  // MARK: Floats

  /// The float that `bytes` spell by OmegaConf's pattern, or nil.
  static func float(_ bytes: [UInt8]) -> Double? {
    let (negative, body) = splitSign(bytes)
    let sign = negative ? -1.0 : 1.0
    let signed = body.count < bytes.count
    if body.first == UInt8(ascii: ".") {
      let word = String(decoding: body, as: UTF8.self)
      if [".inf", ".Inf", ".INF"].contains(word) { return sign * .infinity }
      if signed { return nil }  // `-.5` is a string: the pattern has no sign before a bare point
      if [".nan", ".NaN", ".NAN"].contains(word) { return .nan }
      let (mantissa, exponent) = splitExponent(body.dropFirst(), signRequired: true)
      guard isGrouped(mantissa), exponent != .malformed else { return nil }
      return parse(bytes)
    }
    if body.contains(UInt8(ascii: ":")) { return sexagesimalFloat(body).map { sign * $0 } }
    let (mantissa, exponent) = splitExponent(body, signRequired: false)
    guard exponent != .malformed else { return nil }
    if let point = mantissa.firstIndex(of: UInt8(ascii: ".")) {
      let fraction = mantissa[(point + 1)...]
      guard isGrouped(mantissa[..<point]), fraction.allSatisfy({ isDigit($0) || $0 == underscore }) else { return nil }
      return parse(bytes)
    }
    return isGrouped(mantissa) && exponent == .present ? parse(bytes) : nil
  }

  private enum Exponent { case absent, present, malformed }

  private static func splitExponent(_ body: ArraySlice<UInt8>, signRequired: Bool) -> (ArraySlice<UInt8>, Exponent) {
    guard let mark = body.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }) else { return (body, .absent) }
    var power = body[(mark + 1)...]
    let signed = power.first == UInt8(ascii: "+") || power.first == UInt8(ascii: "-")
    if signed { power = power.dropFirst() }
    let sound = !power.isEmpty && power.allSatisfy(isDigit) && (signed || !signRequired)
    return (body[..<mark], sound ? .present : .malformed)
  }

  /// `[0-9]+(_[0-9]+)*(:[0-5]?[0-9])+\.[0-9_]*`
  private static func sexagesimalFloat(_ body: ArraySlice<UInt8>) -> Double? {
    guard let point = body.firstIndex(of: UInt8(ascii: ".")) else { return nil }
    let groups = body[..<point].split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    let fraction = body[(point + 1)...]
    guard groups.count > 1, isGrouped(groups[0]), groups.dropFirst().allSatisfy(isSexagesimal),
      fraction.allSatisfy({ isDigit($0) || $0 == underscore })
    else { return nil }
    let whole = groups.reduce(0.0) { $0 * 60 + (parse(Array($1)) ?? 0) }
    return whole + (parse(Array("0.".utf8) + fraction + [UInt8(ascii: "0")]) ?? 0)
  }

  /// Reads digits that a pattern has accepted; `1.` and `.5` get the zeros that Swift's parser wants.
  private static func parse(_ bytes: [UInt8]) -> Double? {
    var text = ""
    for byte in bytes where byte != underscore { text.unicodeScalars.append(Unicode.Scalar(byte)) }
    return Double(text)
  }

  // MARK: Characters

  private static let underscore = UInt8(ascii: "_")

  private static func splitSign(_ bytes: [UInt8]) -> (negative: Bool, body: ArraySlice<UInt8>) {
    let signed = bytes.first == UInt8(ascii: "-") || bytes.first == UInt8(ascii: "+")
    return (bytes.first == UInt8(ascii: "-"), signed ? bytes.dropFirst() : bytes[...])
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  private static func digit(_ byte: UInt8) -> Int? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte) - 48
    case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(byte) - 87
    case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(byte) - 55
    default: nil
    }
  }

  /// `0|[1-9][0-9_]*`
  private static func isDecimal(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let first = bytes.first, isDigit(first) else { return false }
    if first == UInt8(ascii: "0") { return bytes.count == 1 }
    return bytes.allSatisfy { isDigit($0) || $0 == underscore }
  }

  /// `[0-9]+(_[0-9]+)*`
  private static func isGrouped(_ bytes: ArraySlice<UInt8>) -> Bool {
    let groups = bytes.split(separator: underscore, omittingEmptySubsequences: false)
    return groups.allSatisfy { !$0.isEmpty && $0.allSatisfy(isDigit) }
  }

  /// `[0-5]?[0-9]`
  private static func isSexagesimal(_ bytes: ArraySlice<UInt8>) -> Bool {
    switch bytes.count {
    case 1: bytes.allSatisfy(isDigit)
    case 2: bytes.allSatisfy(isDigit) && bytes[bytes.startIndex] <= UInt8(ascii: "5")
    default: false
    }
  }
}
