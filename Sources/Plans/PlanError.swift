/// Why plan text, a token stream or a request for an automaton was refused.
public enum PlanError: Error, Hashable, Sendable {
  /// The text is not a plan.
  case syntax(PlanSyntaxError)
  /// No token stands for this node head.
  case unknownHead(PlanHead)
  /// No token stands for this symbol.
  case unknownSymbol(String)
  /// An integer term exceeds `PlanTerm.integerLimit`.
  case integerOutOfRange(Int)
  /// A token stream is not the linearisation of any plan; `position` counts tokens from 0.
  case misplacedToken(position: Int, got: String, expected: String)
  /// The automaton does not allow this token in this state.
  case tokenNotAllowed(got: String, allowed: [String])
  /// The goal call does not fit the signature.
  case goalMismatch(goal: String, finding: String)
  /// Only goals may repeat groups of inputs: a generated call has a fixed number of them.
  case repeatingInputs(PlanHead)
  /// The set of allowed heads holds none of this type, so no plan could end.
  case noTerminal
  /// The set of allowed heads or the vocabulary disagrees with the signature.
  case headNotInSignature(PlanHead)
  /// Even the shortest plan exceeds the limits.
  case limitsTooSmall(neededTokens: Int, tokenBudget: Int)
}

extension PlanError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .syntax(let error):
      error.description
    case .unknownHead(let head):
      "no token stands for '\(head)'. Build the vocabulary from a signature that declares it."
    case .unknownSymbol(let name):
      "no token stands for the symbol '\(name)'. Build the vocabulary from a signature that declares it."
    case .integerOutOfRange(let value):
      "integer \(value) is out of range; allowed: -\(PlanTerm.integerLimit)...\(PlanTerm.integerLimit)."
    case .misplacedToken(let position, let got, let expected):
      "token \(position) is '\(got)'; expected \(expected). The stream is not the linearisation of a plan."
    case .tokenNotAllowed(let got, let allowed):
      "token '\(got)' is not allowed here; allowed: \(allowed.joined(separator: " "))."
    case .goalMismatch(let goal, let finding):
      "goal '\(goal)' does not fit the signature: \(finding)."
    case .repeatingInputs(let head):
      "'\(head)' repeats a group of inputs; only goals may. Give it a fixed number of inputs."
    case .noTerminal:
      "no terminal is among the allowed heads, so no plan could end. Allow at least one."
    case .headNotInSignature(let head):
      "'\(head)' is allowed but the signature does not declare it. Take heads from 'signature.heads'."
    case .limitsTooSmall(let needed, let budget):
      "the shortest plan takes \(needed) tokens; the budget is \(budget). Raise the token budget."
    }
  }
}
