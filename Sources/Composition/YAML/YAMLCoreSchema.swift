/// What a plain scalar means in YAML 1.2's core schema (section 10.3.2): for comparison only, codex reads as OmegaConf.
enum YAMLCoreSchema {
  static func value(ofPlain text: String) -> ConfigValue {
    if YAMLScalar.null.contains(text) { return .null }
    switch text {
    case "true", "True", "TRUE": return .bool(true)
    case "false", "False", "FALSE": return .bool(false)
    case ".nan", ".NaN", ".NAN": return .float(.nan)
    default: return number(text) ?? .string(text)
    }
  }

  private static func number(_ text: String) -> ConfigValue? {
    if let integer = based(text, "0o", radix: 8) ?? based(text, "0x", radix: 16) { return .int(integer) }
    let negative = text.hasPrefix("-")
    let body = text.dropFirst(negative || text.hasPrefix("+") ? 1 : 0)
    if [".inf", ".Inf", ".INF"].contains(String(body)) { return .float(negative ? -.infinity : .infinity) }
    let parts = body.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
    let digits = parts[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard digits.allSatisfy({ $0.utf8.allSatisfy(isDigit) }), digits.contains(where: { !$0.isEmpty }) else {
      return nil
    }
    if parts.count > 1 {
      let power = parts[1].dropFirst(parts[1].hasPrefix("-") || parts[1].hasPrefix("+") ? 1 : 0)
      guard !power.isEmpty, power.utf8.allSatisfy(isDigit) else { return nil }
    } else if digits.count == 1 {
      return Int(text).map { .int($0) }
    }
    // Swift wants a digit on both sides of the point.
    let exponent = parts.count > 1 ? "e" + parts[1] : ""
    let magnitude = Double(
      "\(digits[0].isEmpty ? "0" : digits[0]).\(digits.count > 1 && !digits[1].isEmpty ? digits[1] : "0")\(exponent)")
    return magnitude.map { .float(negative ? -$0 : $0) }
  }

  private static func based(_ text: String, _ prefix: String, radix: Int) -> Int? {
    guard text.hasPrefix(prefix), text.dropFirst(2).first.map({ $0 != "-" && $0 != "+" }) == true else { return nil }
    return Int(text.dropFirst(2), radix: radix)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
