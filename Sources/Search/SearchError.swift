/// What a policy answered that search cannot use: a fault of the policy, never of a plan.
public enum SearchError: Error, Hashable, Sendable {
  case tooManyProposals(limit: Int, got: Int)
  case invalidLogProbability(token: String, got: Double)
  case invalidValue(Double)
  /// An incomplete plan was given no continuation.
  case noProposals
}

extension SearchError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .tooManyProposals(let limit, let got):
      "the policy proposed \(got) tokens; at most \(limit) were asked for. Cut the list in 'propose'."
    case .invalidLogProbability(let token, let got):
      "the policy gave token '\(token)' the log-probability \(got); expected at most 0. "
        + Self.remedy
    case .invalidValue(let got):
      "the policy gave the value \(got); expected 0...1. \(Self.remedy)"
    case .noProposals:
      "the policy proposed no token for an incomplete plan; expected at least one allowed token."
    }
  }

  /// Weights may be finite and their products not.
  private static let remedy =
    "The model's weights are not numbers, or so large that their products are not: use an earlier checkpoint, "
    + "or train again at a lower 'training.learning_rate'."
}
