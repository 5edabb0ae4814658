import Storage
import TestSupport
import Testing

/// No input makes the reader take more than linear time.
@Suite(.serialized) struct JSONLinearityTests {
  static let families: [(name: String, make: @Sendable (Int) -> String)] = [
    ("brackets", { String(repeating: "[", count: $0) }),
    ("objects", { String(repeating: "{\"a\":", count: $0 / 5) }),
    ("one string", { "\"" + String(repeating: "a", count: $0) + "\"" }),
    ("escapes", { "\"" + String(repeating: "\\u0000", count: $0 / 6) + "\"" }),
    ("surrogates", { "\"" + String(repeating: "\\uD83D\\uDE00", count: $0 / 12) + "\"" }),
    ("accents", { "\"e" + String(repeating: "\u{301}", count: $0 / 2) + "\"" }),
    ("unterminated", { "\"" + String(repeating: "a", count: $0) }),
    ("keys", { size in "{" + (0..<(size / 10)).map { "\"k\($0)\":0" }.joined(separator: ",") + "}" }),
    ("accented keys", { size in "{" + (0..<(size / 14)).map { "\"e\u{301}\($0)\":0" }.joined(separator: ",") + "}" }),
    ("digits", { "0." + String(repeating: "1", count: $0) }),
    ("zeros", { "0." + String(repeating: "0", count: $0) + "1" }),
    ("exponent", { "1e" + String(repeating: "0", count: $0) + "1" }),
    ("integer", { String(repeating: "9", count: $0) }),
    ("numbers", { "[" + String(repeating: "1.5e300,", count: $0 / 8) + "1]" }),
    ("space", { String(repeating: " ", count: $0) + "1" }),
    ("empty arrays", { "[" + String(repeating: "[],", count: $0 / 3) + "[]]" }),
    ("late error", { "[" + String(repeating: "1,", count: $0 / 2) + "x]" }),
  ]

  @Test(arguments: families.indices) func parse_takesLinearTime(index: Int) {
    let (name, make) = Self.families[index]
    let (small, large) = (Array(make(1 << 14).utf8), Array(make(1 << 17).utf8))
    let ratio = growth(of: { _ = try? JSONReader.parse(large) }, over: { _ = try? JSONReader.parse(small) })
    #expect(ratio < Self.limit, "\(name): eight times the bytes take \(ratio) times as long")
  }

  @Test func control_quadraticWorkIsSeen() {
    func quadratic(_ count: Int) -> Int {
      var sum = 0
      for i in 0..<count { for j in 0..<count { sum &+= i ^ j &* sum } }
      return sum
    }
    var sink = 0
    let ratio = growth(of: { sink &+= quadratic(4_000) }, over: { sink &+= quadratic(500) })
    #expect(ratio > Self.limit, "\(ratio) \(sink)")
  }

  /// How many times as long eight times the bytes may take: 8 if linear, 64 if quadratic.
  private static let limit = 16.0

  /// The least of ten ratios of processor time; one below the limit is enough, for noise makes short times longer too.
  private func growth(of large: () -> Void, over small: () -> Void) -> Double {
    var least = Double.infinity
    for _ in 0..<10 where least >= Self.limit { least = min(least, fastest(large) / fastest(small)) }
    return least
  }

  /// Seconds of the fastest run, at least 20 µs: shorter times are all noise.
  private func fastest(_ body: () -> Void) -> Double { max(leastProcessorSeconds(of: body), 20e-6) }
}
