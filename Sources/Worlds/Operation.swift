import Plans

/// The four operations that both worlds share, in signature order.
package enum Operation: String, CaseIterable, Hashable, Sendable {
  case add, sub, mul, div

  /// The sign that people write.
  var sign: String {
    switch self {
    case .add: "+"
    case .sub: "-"
    case .mul: "*"
    case .div: "/"
    }
  }

  var isCommutative: Bool { self == .add || self == .mul }

  /// Its place in signatures, 0…3.
  var rank: Int {
    switch self {
    case .add: 0
    case .sub: 1
    case .mul: 2
    case .div: 3
    }
  }

  /// The exact integer result, or `nil` where there is none (division by zero or with a remainder).
  ///
  /// Cannot overflow: the magnitudes of integer terms are at most `PlanTerm.integerLimit`.
  package func result(_ x: Int, _ y: Int) -> Int? {
    switch self {
    case .add: x + y
    case .sub: x - y
    case .mul: x * y
    case .div: y != 0 && x % y == 0 ? x / y : nil
    }
  }
}

/// One operation carried out: `x operation y = result`.
package struct OperationStep: Hashable, Sendable {
  package let operation: Operation
  package let x: Int
  package let y: Int
  package let result: Int

  package init(_ operation: Operation, _ x: Int, _ y: Int, _ result: Int) {
    self.operation = operation
    self.x = x
    self.y = y
    self.result = result
  }
}
