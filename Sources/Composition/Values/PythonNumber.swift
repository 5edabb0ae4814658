/// What Python's `int(text)` and `float(text)` accept: outer white space, a sign, single underscores between digits.
enum PythonNumber {
  /// `int(text)`; nil for what it refuses and for integers that do not fit 64 bits.
  static func int(_ text: String) -> Int? {
    let body = trimmed(text)
    let (sign, digits) = splitSign(body)
    guard isGrouped(digits) else { return nil }
    return Int(sign + digits.filter { $0 != "_" })
  }

  /// `float(text)`; nil for what it refuses.
  static func float(_ text: String) -> Double? {
    let body = trimmed(text)
    guard readsFloat(body) else { return nil }
    let (sign, rest) = splitSign(body)
    switch rest.lowercased() {
    case "inf", "infinity": return sign == "-" ? -.infinity : .infinity
    case "nan": return .nan
    default: return Double(sign + padded(rest))
    }
  }

  /// Whether either accepts `text`; OmegaConf quotes such strings.
  static func reads(_ text: String) -> Bool { readsFloat(trimmed(text)) }

  private static func readsFloat(_ text: Substring) -> Bool {
    let (_, unsigned) = splitSign(text)
    if ["inf", "infinity", "nan"].contains(unsigned.lowercased()) { return true }
    let parts = unsigned.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
    if parts.count == 2, !isGrouped(splitSign(parts[1]).1) { return false }
    let mantissa = parts[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard mantissa.count == 2 else { return isGrouped(mantissa[0]) }
    return (isGrouped(mantissa[0]) || mantissa[0].isEmpty) && (isGrouped(mantissa[1]) || mantissa[1].isEmpty)
      && !(mantissa[0].isEmpty && mantissa[1].isEmpty)
  }

  /// The spelling that Swift's parser wants: no underscores, a digit on each side of the point.
  private static func padded(_ text: Substring) -> String {
    var text = text.filter { $0 != "_" }
    if text.first == "." { text = "0" + text }
    if let point = text.firstIndex(of: "."), !(text[text.index(after: point)...].first?.isNumber ?? false) {
      text.insert("0", at: text.index(after: point))
    }
    return text
  }

  private static func splitSign(_ text: Substring) -> (sign: String, rest: Substring) {
    text.first == "-" || text.first == "+" ? (String(text.prefix(1)), text.dropFirst()) : ("", text)
  }

  private static func trimmed(_ text: String) -> Substring {
    var text = text[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }

  /// `[0-9](_?[0-9])*`
  private static func isGrouped(_ text: Substring) -> Bool {
    text.utf8.split(separator: UInt8(ascii: "_"), omittingEmptySubsequences: false)
      .allSatisfy { !$0.isEmpty && $0.allSatisfy { (48...57).contains($0) } }
  }
}
