/// The numbers of the override grammar. They differ from YAML's: no octal, no base 60, `inf` and `nan` without a point.
enum NumberPattern {
  /// `[+-]?(0|[1-9](_?[0-9])*)`
  static func integerEnd(_ scalars: [Unicode.Scalar], _ start: Int) -> Int? {
    unsignedEnd(scalars, afterSign(scalars, start))
  }

  /// `[+-]?` then `1.`, `1.5`, `.5`, any of them or an integer with an exponent, `inf`, `nan` (in any case).
  static func floatEnd(_ scalars: [Unicode.Scalar], _ start: Int) -> Int? {
    let body = afterSign(scalars, start)
    let word = scalars[min(body, scalars.count)..<min(body + 3, scalars.count)].map { String($0).lowercased() }.joined()
    if word == "inf" || word == "nan" { return body + 3 }
    let integerEnd = unsignedEnd(scalars, body)
    var mantissaEnd = integerEnd
    var hasPoint = false
    let point = integerEnd ?? body
    if point < scalars.count, scalars[point] == "." {
      if let fractionEnd = groupedDigitsEnd(scalars, point + 1) {
        (mantissaEnd, hasPoint) = (fractionEnd, true)
      } else if integerEnd != nil {
        (mantissaEnd, hasPoint) = (point + 1, true)
      }
    }
    guard let mantissaEnd else { return nil }
    if mantissaEnd < scalars.count, scalars[mantissaEnd] == "e" || scalars[mantissaEnd] == "E",
      let end = groupedDigitsEnd(scalars, afterSign(scalars, mantissaEnd + 1))
    {
      return end
    }
    return hasPoint ? mantissaEnd : nil
  }

  /// The value of text that `floatEnd` matched whole.
  static func double(_ text: String) -> Double? { Double(text.filter { $0 != "_" }) }

  private static func afterSign(_ scalars: [Unicode.Scalar], _ start: Int) -> Int {
    start < scalars.count && (scalars[start] == "+" || scalars[start] == "-") ? start + 1 : start
  }

  private static func unsignedEnd(_ scalars: [Unicode.Scalar], _ start: Int) -> Int? {
    guard start < scalars.count, isDigit(scalars[start]) else { return nil }
    return scalars[start] == "0" ? start + 1 : groupedDigitsEnd(scalars, start)
  }

  /// `[0-9](_?[0-9])*`
  private static func groupedDigitsEnd(_ scalars: [Unicode.Scalar], _ start: Int) -> Int? {
    guard start < scalars.count, isDigit(scalars[start]) else { return nil }
    var end = start + 1
    while end < scalars.count {
      if isDigit(scalars[end]) {
        end += 1
      } else if scalars[end] == "_", end + 1 < scalars.count, isDigit(scalars[end + 1]) {
        end += 2
      } else {
        break
      }
    }
    return end
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
}
