/// The true state of a problem while a plan is carried out on it.
protocol LatentState: Hashable, Sendable {
  /// Carries out a step. Afterwards the state holds the value that the step claims, even where that is wrong: one
  /// mistake should make one finding, not one at every later step.
  ///
  /// - Returns: What is wrong with the step, or `nil`.
  mutating func take(_ step: OperationStep) -> LatentFault?

  /// Whether `value` is a latent value now.
  func holds(_ value: Int) -> Bool

  /// The latent values now, for messages.
  var latentValues: [Int] { get }

  /// Why the goal is not reached, or `nil` if it is.
  var goalFault: String? { get }
}

/// What is wrong with a step.
struct LatentFault {
  let rule: String
  let message: String

  init(rule: String, _ message: String) {
    self.rule = rule
    self.message = message
  }
}

extension OperationStep {
  /// What is wrong with the step as a computation: no result, a result outside `allowed`, or not this result.
  func fault(allowed: ClosedRange<Int>) -> LatentFault? {
    guard let value = operation.result(x, y) else {
      return LatentFault(rule: "infeasible", "\(x) \(operation.sign) \(y) has no exact result")
    }
    guard allowed.contains(value) else {
      return LatentFault(
        rule: "infeasible",
        "\(x) \(operation.sign) \(y) = \(value); values must stay within \(allowed.lowerBound)…\(allowed.upperBound)")
    }
    guard value == result else {
      return LatentFault(rule: "wrong_value", "\(x) \(operation.sign) \(y): expected \(value), got \(result)")
    }
    return nil
  }
}
