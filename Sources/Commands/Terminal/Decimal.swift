/// Numbers for people; data goes out through JSON instead.
package enum Decimal {
  /// `value` rounded half away from zero to `places` digits after the point; `inf`, `-inf` and `nan` as they are.
  package static func text(_ value: Double, places: Int) -> String {
    precondition((0...9).contains(places), "places are 0 to 9")
    guard value.isFinite, abs(value) < 1e15 else { return "\(value)" }
    let scale = (0..<places).reduce(1.0) { product, _ in product * 10 }
    let scaled = Int64((abs(value) * scale).rounded())
    let sign = value < 0 && scaled != 0 ? "-" : ""
    guard places > 0 else { return sign + String(scaled) }
    let digits = String(scaled % Int64(scale))
    return "\(sign)\(scaled / Int64(scale)).\(String(repeating: "0", count: places - digits.count))\(digits)"
  }

  /// `[0.10, 0.25]`
  package static func interval(_ lower: Double, _ upper: Double, places: Int) -> String {
    "[\(text(lower, places: places)), \(text(upper, places: places))]"
  }

  /// A ratio as percent with one digit: `98.4 %`.
  package static func percent(_ ratio: Double) -> String { text(ratio * 100, places: 1) + " %" }
}
