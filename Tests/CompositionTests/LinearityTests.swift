import Composition
import Foundation
import TestSupport
import Testing

/// What reads text takes time in proportion to it, and little stack, whatever the text.
@Suite(.serialized) struct LinearityTests {
  /// A text of any length: `unit`, with `#` for a number, again and again.
  struct Family: CustomTestStringConvertible, Sendable {
    let start: String, unit: String, end: String

    init(_ unit: String, from start: String = "", to end: String = "") {
      (self.start, self.unit, self.end) = (start, unit, end)
    }

    var testDescription: String { "\(start)\(unit)…\(end)".debugDescription }

    func text(byteCount: Int) -> String {
      var text = start
      var number = 0
      while text.utf8.count < byteCount - unit.utf8.count - end.utf8.count - 4 {
        text += unit.replacing("#", with: "\(number)")
        number += 1
      }
      return text + end
    }
  }

  static let documents: [Family] = [
    Family("["), Family("{"), Family("- "), Family("? "), Family("a: "), Family("[", from: "a: ", to: "]"),
    Family("aaaa"), Family("a "), Family("a\n"), Family("a\n\n "), Family("\n"), Family(" "), Family("\t"),
    Family("\r"), Family("k#: 1\n"), Family("- 1\n"), Family("- &a# x\n- *a#\n"),
    Family("- *a\n", from: "- &a {k: [1]}\n"),
    Family("&a "), Family("!!str "), Family("*a "), Family("---\n"), Family("...\n"), Family("%YAML 1.2\n"),
    Family("1, ", from: "a: [", to: "]"), Family("k#: 1, ", from: "{", to: "}"), Family("a: 1, ", from: "[", to: "]"),
    Family("\"k#\":1,", from: "{", to: "}"), Family("\\u0041", from: "a: \"", to: "\""),
    Family("\\\n ", from: "a: \"", to: "\""),
    Family(" \n ", from: "a: \"", to: "\""), Family("''", from: "a: '", to: "'"), Family("'a\n "), Family("\"a\n "),
    Family(" x\n", from: "a: |\n"), Family(" x\n\n", from: "a: >\n"), Family("  \n", from: "a: >+\n"), Family("a: |\n"),
    Family("m#: {<<: *b}\n", from: "b: &b {k: 1}\n"),
    Family("m#: &m#\n  <<: *m0\n  k#: 1\n", from: "m0: &m0 {k: 1}\n", to: ""),
    Family(" # c\n"), Family("a#b: c\n"), Family("é: [é, é]\n- "), Family("[é, é], ", from: "a: [", to: "]"),
  ]

  static let overrides: [Family] = [
    Family("["), Family("[", from: "a="), Family("{a:", from: "a="), Family("f(", from: "a="), Family("${", from: "a="),
    Family("a.", from: ""), Family("1,", from: "a=", to: "1"), Family("1,", from: "a=[", to: "1]"),
    Family("k#:1,", from: "a={", to: "z:1}"), Family("k# ", from: "a="), Family("\\\\", from: "a="),
    Family("\\,", from: "a="),
    Family("\\'", from: "a='", to: "'"), Family("x", from: "a="), Family("1_", from: "a="), Family(":", from: "a="),
    Family("=", from: "a"), Family("~"), Family("+"), Family("@", from: "a"), Family("/", from: "a"),
    Family("  ", from: "a="),
    Family("1,", from: "a=choice(", to: "1)"), Family("1,", from: "a=sort(", to: "1)"),
    Family("x#,", from: "a=int(", to: "1)"),
    Family("x", from: "a=choice('", to: "',b)"), Family("\\\\x", from: "a=choice('", to: "',b)"),
    Family("${a}", from: "a="), Family("${a:1,", from: "a="), Family("é", from: "a="), Family("\"a\" ", from: "a="),
  ]

  static let references: [Family] = [
    Family("${x}"), Family("${"), Family("${x.", to: "}"), Family("x.", from: "${", to: "}"),
    Family("[0]", from: "${x", to: "}"),
    Family(".", from: "${", to: "}"), Family("\\"), Family("\\${"), Family("$"), Family("}"), Family("x ${x} "),
    Family("1,", from: "${oc.create:[", to: "1]}"), Family("k#:1,", from: "${oc.create:{", to: "z:1}}"),
    Family("${oc.decode:"),
    Family("${x}", from: "${oc.select:", to: "}"), Family("[", from: "${oc.create:"), Family("é"),
    Family("${oc.select:zz,\"", to: ""),
  ]

  // MARK: Time

  /// The least times of texts of 32 and of 64 KiB, and of the yardstick, measured in turns on the same machine.
  private struct Growth {
    var short = Double.infinity, long = Double.infinity, yardstick = Double.infinity

    /// 2 if both are too short to be told from noise.
    var ratio: Double { long < 200e-6 ? 2 : long / max(short, 1e-6) }
    var isLinear: Bool { ratio <= 2.5 && long <= 85 * yardstick }

    /// Measures until it is linear, at least twice: a single short time that is too long would hide a square.
    init(_ family: Family, rounds: Int = 40, read: (String) -> Void) {
      let half = family.text(byteCount: 32 << 10), whole = family.text(byteCount: 64 << 10)
      for round in 1...rounds {
        short = min(short, leastProcessorSeconds { read(half) })
        long = min(long, leastProcessorSeconds { read(whole) })
        yardstick = min(yardstick, leastProcessorSeconds { LinearityTests.countWords() })
        if round >= 2 && isLinear || long < 200e-6 { break }
      }
    }
  }

  /// Counts 64 KiB of words in a dictionary: what the standard library needs for a text of that size.
  private static func countWords() {
    var counts: [String: Int] = [:]
    for number in 0..<(64 << 10) / 8 { counts["word\(number)", default: 0] += 1 }
    precondition(counts.count == (64 << 10) / 8)
  }

  private func expectLinear(_ family: Family, read: (String) -> Void) {
    let growth = Growth(family, read: read)
    #expect(growth.ratio <= 2.5, "64 KiB take \(growth.ratio) times what 32 KiB take")
    #expect(growth.long <= 85 * growth.yardstick, "64 KiB take \(growth.long / growth.yardstick) times the yardstick")
  }

  @Test(arguments: documents) func yaml_isLinear(family: Family) {
    expectLinear(family) { text in _ = try? YAMLReader.read(Array(text.utf8), file: "x.yaml") }
  }

  @Test(arguments: overrides) func overrides_areLinear(family: Family) {
    expectLinear(family) { text in
      guard let override = try? OverrideParser.parse(text) else { return }
      _ = override.json
      _ = try? SweepPlan([override]) { _ in [] }.runs.first?.texts
    }
  }

  @Test(arguments: references) func interpolation_isLinear(family: Family) {
    expectLinear(family) { text in
      let quoted = "'" + text.replacing("'", with: "''") + "'"
      _ = try? Composer(ConfigSources(builtIn: ["config.yaml": "x: 1\nv: \(quoted)\nw: ${v}\n"])).compose(
        config: "config")
    }
  }

  /// The control: quadratic time is noticed.
  @Test func growth_noticesQuadraticTime() {
    let growth = Growth(Family("abcd")) { text in
      let bytes = Array(text.utf8.prefix(32 << 10).enumerated().filter { $0.offset.isMultiple(of: 32) }.map(\.element))
      let all = Array(text.utf8), step = 16
      var sum = 0
      for start in stride(from: 0, to: all.count, by: step) { for byte in all[start...] { sum &+= Int(byte) } }
      #expect(sum + bytes.count != 1)
    }
    #expect(growth.ratio > 2.5)
  }

  // MARK: Stack

  /// A thread of 512 KiB, as those of Swift's executors may be, reads what is 100,000 deep: it is refused.
  @Test func depth_needsLittleStack() {
    let texts = ["[", "{a: ", "- ", "? ", "{? ", "[a: ["].map { String(repeating: $0, count: 100_000) }
    let blocks = (0..<700).map { String(repeating: " ", count: $0) + "k:\n" }.joined()
    let outcome = Outcome()
    let thread = Thread {
      var failures: [String] = []
      for text in texts + [blocks] {
        let bytes = Array(text.utf8.prefix(CompositionLimits.yamlByteCount))
        if let read = try? YAMLReader.read(bytes, file: "x.yaml") { failures.append("read \(read)") }
      }
      for start in ["a=", "a=${oc.select:"] {
        for unit in ["[", "{a:", "f(", "${", "\"${"] {
          let text = start + String(repeating: unit, count: 100_000)
          for override in [text, String(text.utf8.prefix(CompositionLimits.overrideByteCount)) ?? ""] {
            if (try? OverrideParser.parse(override)) != nil { failures.append("read \(override.prefix(20))") }
          }
          let quoted = "v: '" + String(repeating: unit, count: 20_000) + "'\n"
          let composer = Composer(ConfigSources(builtIn: ["config.yaml": quoted]))
          if (try? composer.compose(config: "config")) != nil, unit.contains("$") {
            failures.append("composed \(unit)")
          }
        }
      }
      outcome.end(failures)
    }
    thread.stackSize = 512 << 10
    thread.start()
    #expect(outcome.wait() == [])
  }

  /// What the thread found.
  private final class Outcome: @unchecked Sendable {
    private let done = DispatchSemaphore(value: 0)
    private var failures: [String] = []

    func end(_ failures: [String]) {
      self.failures = failures
      done.signal()
    }

    func wait() -> [String] {
      done.wait()
      return failures
    }
  }
}
