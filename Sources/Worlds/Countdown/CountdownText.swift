/// Countdown problems as people write them: `reach 449 from 5 12 37`, the numbers in any order.
enum CountdownText {
  static func print(_ problem: CountdownProblem) -> String {
    "reach \(problem.target) from \(problem.numbers.map(String.init).joined(separator: " "))"
  }

  static func parse(_ text: String) throws -> CountdownProblem {
    var cursor = try TextCursor(text, world: .countdown)
    try cursor.expect(word: "reach")
    let target = try cursor.number()
    try cursor.expect(word: "from")
    var numbers = [try cursor.number()]
    while cursor.peek() != nil { numbers.append(try cursor.number()) }
    return try CountdownProblem(target: target, numbers: numbers)
  }
}
