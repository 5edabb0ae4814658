import Composition
import Testing

/// Sources/Composition/Values/CaretExcerpt.swift.
@Suite struct CaretExcerptTests {
  @Test func caret_standsUnderTheColumn() {
    let excerpt = CaretExcerpt("a: ${b}", column: 4)
    #expect(excerpt.line == "a: ${b}")
    #expect(excerpt.caret == "   ^")
    #expect(CaretExcerpt("", column: 1).caret == "^")
    // The end of the line, and what lies beyond it.
    #expect(CaretExcerpt("ab", column: 3).caret == "  ^")
    #expect(CaretExcerpt("ab", column: 9).caret == "  ^")
    #expect(CaretExcerpt("\tab", column: 2).caret == "\t^")
  }

  @Test func controlCharacters_takeOneColumnEach() {
    let excerpt = CaretExcerpt("a\nb\u{1B}c\u{7F}\u{85}d", column: 8)
    #expect(excerpt.line == "a␊b␛c␡\u{FFFD}d")
    #expect(excerpt.caret == "       ^")
    // One character for Swift, two for YAML.
    #expect(CaretExcerpt("a\r\nb", column: 4).line == "a␍␊b")
  }

  @Test func longLines_areShownAroundTheCaret() {
    let text = (0..<1000).map { String($0 % 10) }.joined()
    for column in 1...1001 {
      let excerpt = CaretExcerpt(text, column: column)
      let shown = Array(excerpt.line), place = excerpt.caret.count - 1
      #expect(shown.count == 100)
      if place < shown.count, shown[place] != "…" { #expect(shown[place] == Array(text)[column - 1]) }
      #expect((shown.first == "…") == (column > 51) && (shown.last == "…") == (column < 951), "\(column)")
    }
    #expect(CaretExcerpt.line(String(repeating: "x", count: 100)).count == 100)
    #expect(CaretExcerpt.line(String(repeating: "x", count: 101)).hasSuffix("x…"))
  }
}
