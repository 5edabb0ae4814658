/// A latent token as a plan refers to it: the smallest thing a node takes in or gives out.
public enum PlanTerm: Hashable, Sendable {
  /// An integer in −999,999,999…999,999,999, written in decimal without leading zeros or `+`.
  case integer(Int)
  /// A name: `[a-z][a-z0-9_]*`, at most 64 characters.
  case symbol(String)

  /// The largest magnitude of an integer term; bounds what hostile plan text can make the product compute.
  public static let integerLimit = 999_999_999

  /// The type that signatures match against.
  public var type: TermType {
    switch self {
    case .integer: .integer
    case .symbol: .symbol
    }
  }
}

/// The type of a latent token in a signature.
public enum TermType: String, Hashable, Sendable {
  case integer, symbol
}

extension PlanTerm: CustomStringConvertible {
  /// The term in canonical text.
  public var description: String {
    switch self {
    case .integer(let value): String(value)
    case .symbol(let name): name
    }
  }
}
