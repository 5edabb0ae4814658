import Randomness

/// Draws chains whose values all stay within range.
///
/// Distribution: the first operand is uniform in 0…99. Each step draws its operation uniformly among those that are
/// possible (a product only while doubling stays in range), then its operand uniformly among those that keep the value
/// in range: 0…99 for sums and differences, 2…9 for products.
enum ArithmeticGenerator {
  static func chain(stepCount: Int, random: inout RandomStream) -> ArithmeticProblem {
    let largest = ArithmeticProblem.values.upperBound
    let first = random.integer(in: ArithmeticProblem.operands)
    var value = first
    var links: [ArithmeticProblem.Link] = []
    links.reserveCapacity(stepCount)
    for _ in 0..<stepCount {
      switch random.index(below: value * 2 <= largest ? 3 : 2) {
      case 0:
        let operand = random.integer(in: 0...min(99, largest - value))
        links.append(.init(.add, operand))
        value += operand
      case 1:
        let operand = random.integer(in: 0...min(99, value))
        links.append(.init(.sub, operand))
        value -= operand
      default:
        let operand = random.integer(in: 2...(value == 0 ? 9 : min(9, largest / value)))
        links.append(.init(.mul, operand))
        value *= operand
      }
    }
    return ArithmeticProblem(trustedFirst: first, links: links)
  }
}
