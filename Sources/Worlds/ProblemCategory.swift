/// What kind of problem it is; curriculum stages select by it.
public enum ProblemCategory: String, CaseIterable, Codable, Hashable, Sendable {
  /// Arithmetic: sums and differences only. Countdown: some shortest solution needs no more than them.
  case additive
  /// Arithmetic: at least one product.
  case mixed
  /// Arithmetic: an operand or a value on the way is 0 or 1, or a step's two operands are equal.
  case edgeCase = "edge_case"
  /// Countdown: needs a product, but no quotient.
  case multiplicative
  /// Countdown: needs a quotient.
  case divisive
  /// Countdown: no sequence of steps reaches the target. Arithmetic: the chain leaves the range of values.
  case unsolvable
}
