import Testing
import Worlds

@Suite struct ArithmeticTextTests {
  let world = WorldKind.arithmetic.world

  @Test(arguments: [
    ("(37 + 45) * 6 - 12", "(37 + 45) * 6 - 12"),
    ("((37+45))*6-12", "(37 + 45) * 6 - 12"),
    ("3 * 4 + 5", "3 * 4 + 5"),
    ("(3*4)+(5)", "3 * 4 + 5"),
    ("((1 + 2) * 3 + 4) * 5", "((1 + 2) * 3 + 4) * 5"),
    ("  2*3*4 ", "2 * 3 * 4"),
  ])
  func problem_printsWithTheFewestParentheses(text: String, printed: String) throws {
    #expect(try world.problem(parsing: text).humanText == printed)
  }

  @Test(arguments: [
    (
      "2 + 3 * 4",
      """
      arithmetic problem, column 3: the right operand is itself an operation; a chain combines the running value with one \
      number at a time
        2 + 3 * 4
          ^
      Write it like '(37 + 45) * 6 - 12'.
      """
    ),
    (
      "(2 + 3",
      """
      arithmetic problem, column 7: expected ')' or an operation, got the end
        (2 + 3
              ^
      Write it like '(37 + 45) * 6 - 12'.
      """
    ),
    (
      "2 + é",
      """
      arithmetic problem, column 5: expected a number, got 'é'
        2 + é
            ^
      Write it like '(37 + 45) * 6 - 12'.
      """
    ),
    (
      "2 + \u{1B}[1m",
      """
      arithmetic problem, column 5: expected a number, got the character U+1B
        2 + ?[1m
            ^
      Write it like '(37 + 45) * 6 - 12'.
      """
    ),
    (
      "２ × 3 ☃",
      """
      arithmetic problem, column 7: expected '+', '-', '*' or the end, got '☃'
        ２ × 3 ☃
              ^
      Write it like '(37 + 45) * 6 - 12'.
      """
    ),
    (
      "2 + 03",
      """
      arithmetic problem, column 5: expected a number without leading zeros, got '0'
        2 + 03
            ^
      Write it like '(37 + 45) * 6 - 12'.
      """
    ),
    ("2 + 100", "arithmetic problem: an operand is 100; allowed: 0…99. Choose one within these limits."),
    (
      "2 * 10",
      "arithmetic problem: the second operand of a product is 10; allowed: 0…9. Choose one within these limits."
    ),
    ("7", "arithmetic problem: the number of steps is 0; allowed: 1…8. Choose one within these limits."),
  ])
  func problem_saysWhatIsWrongWithAText(text: String, message: String) {
    #expect(throws: WorldError.self) { try world.problem(parsing: text) }
    do { _ = try world.problem(parsing: text) } catch { #expect("\(error)" == message) }
  }

  /// As people and their keyboards write them.
  @Test(arguments: [
    ("3 × 4 − 1", "3 * 4 - 1"), ("（３＋４）＊５", "(3 + 4) * 5"), ("3\u{A0}+\t4", "3 + 4"), ("  3 + 4  ", "3 + 4"),
    ("3 – 2", "3 - 2"), ("3 ⋅ 2", "3 * 2"),
  ])
  func problem_readsOtherSigns(text: String, meant: String) throws {
    #expect(try world.problem(parsing: text) == world.problem(parsing: meant))
  }

  @Test func problem_refusesLongText() {
    do { _ = try world.problem(parsing: String(repeating: "(", count: 100_000)) } catch {
      #expect(
        "\(error)"
          == "arithmetic problem: 100000 bytes; allowed: at most 256. Write it like '(37 + 45) * 6 - 12'.")
    }
  }
}
