/// Chains as people write them: infix with the fewest parentheses.
enum ArithmeticText {
  static func print(_ chain: ArithmeticProblem) -> String {
    var text = String(chain.first)
    var isSum = false
    for link in chain.links {
      if link.operation == .mul, isSum { text = "(\(text))" }
      text += " \(link.operation.sign) \(link.operand)"
      isSum = link.operation != .mul
    }
    return text
  }

  /// Reads standard infix (`*` binds tighter than `+` and `-`, parentheses group) that is a left-leaning chain.
  static func parse(_ text: String) throws -> ArithmeticProblem {
    var cursor = try TextCursor(text, world: .arithmetic)
    let chain = try sum(&cursor)
    try cursor.expectEnd(or: "'+', '-', '*'")
    return try ArithmeticProblem(first: chain.first, links: chain.links)
  }

  /// An expression that is a chain so far; a bare number has no links. Limits are checked once, at the end.
  private typealias Chain = (first: Int, links: [ArithmeticProblem.Link])

  /// sum = product { ("+" | "-") product } ;
  private static func sum(_ cursor: inout TextCursor) throws -> Chain {
    var left = try product(&cursor)
    while let sign = cursor.peek() {
      guard let operation: Operation = sign == UInt8(ascii: "+") ? .add : sign == UInt8(ascii: "-") ? .sub : nil else {
        break
      }
      let column = cursor.column
      _ = cursor.take(sign)
      left = try extending(left, operation, by: product(&cursor), at: column, in: cursor)
    }
    return left
  }

  /// product = factor { "*" factor } ;
  private static func product(_ cursor: inout TextCursor) throws -> Chain {
    var left = try factor(&cursor)
    while cursor.peek() == UInt8(ascii: "*") {
      let column = cursor.column
      _ = cursor.take(UInt8(ascii: "*"))
      left = try extending(left, .mul, by: factor(&cursor), at: column, in: cursor)
    }
    return left
  }

  /// factor = number | "(" sum ")" ;  (the text's length bounds the recursion)
  private static func factor(_ cursor: inout TextCursor) throws -> Chain {
    guard cursor.take(UInt8(ascii: "(")) else { return (try cursor.number(), []) }
    let inner = try sum(&cursor)
    guard cursor.take(UInt8(ascii: ")")) else { throw cursor.unexpected("')' or an operation") }
    return inner
  }

  private static func extending(
    _ left: Chain, _ operation: Operation, by right: Chain, at column: Int, in cursor: TextCursor
  ) throws -> Chain {
    guard right.links.isEmpty else { throw WorldError.notAChain(text: cursor.text, column: column) }
    return (left.first, left.links + [.init(operation, right.first)])
  }
}
