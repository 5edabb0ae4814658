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
