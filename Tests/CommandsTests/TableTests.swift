import Commands
import Testing

@Suite struct TableTests {  // Sources/Commands/Terminal/Table.swift
  @Test func lines_alignByTheWidestCell() {
    var table = Table([.init("name"), .init("n", .right), .init("note")])
    table.add(["a", "10", "first"])
    table.add(["longer", "9", ""])
    #expect(
      table.lines.map(\.plain) == [
        "name     n  note",
        "a       10  first",
        "longer   9  ",
      ])
  }

  private var wide: Table {
    var table = Table([.init("mode"), .init("run"), .init("n", .right), .init("why")])
    table.add(["greedy", "curriculum-ad928bf0f8a8", "1000", "the newest measurement is not what the clause asks for"])
    return table
  }

  @Test func lines_onATerminalAreShortenedAndGoOnInTheLastColumn() {
    #expect(
      wide.lines(fitting: 72).map(\.plain) == [
        "mode    run                      n  why",
        "greedy  curriculum-ad928bf0…  1000  the newest measurement is not what",
        "                                    the clause asks for",
      ])
    #expect(wide.lines(fitting: 200) == wide.lines)
  }

  @Test func lines_thatDoNotFitAtAllGoOnInFurtherLines() {
    let titles = (1...5).map { "figure \($0)" }
    var table = Table(titles.map { .init($0, .right) })
    table.add(titles.map { StyledText($0.suffix(1) + " %") })
    #expect(
      table.lines(fitting: 40).map(\.plain) == [
        "figure 1  figure 2  figure 3  figure 4",
        "    figure 5",
        "     1 %       2 %       3 %       4 %",
        "         5 %",
      ])
  }

  @Test(arguments: [5, 7, 20, 59, 60, 80, 120, 200])
  func lines_neverExceedTheTerminal(width: Int) {
    for line in wide.lines(fitting: width) { #expect(line.plain.unicodeScalars.count <= width, "\(line.plain)") }
  }

  @Test func lines_ofAnEmptyTableAreItsHeading() {
    #expect(Table([.init("a"), .init("b")]).lines.map(\.plain) == ["a  b"])
  }

  @Test(arguments: [
    (0.0, 2, "0.00"), (1.005, 1, "1.0"), (-0.04, 1, "0.0"), (-1.25, 1, "-1.3"), (2.5, 0, "3"), (99.96, 1, "100.0"),
    (0.0625, 3, "0.063"), (.infinity, 1, "inf"), (1e15, 1, "1000000000000000.0"), (12.3, 9, "12.300000000"),
  ])
  func decimal_roundsHalfAwayFromZero(value: Double, places: Int, expected: String) {
    #expect(Decimal.text(value, places: places) == expected)
  }

  @Test(arguments: [
    (0.4, "0 s"), (59.4, "59 s"), (59.6, "1 min 0 s"), (200.0, "3 min 20 s"), (7500.0, "2 h 5 min"),
    (.infinity, "unknown time"), (-3.0, "0 s"),
  ])
  func duration_isInTwoUnits(seconds: Double, expected: String) {
    #expect(DurationText.of(seconds: seconds) == expected)
  }
}
