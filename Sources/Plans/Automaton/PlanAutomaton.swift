/// Decides, token by token, how a plan may go on: every walk that it allows is a plan that parses, type-checks, uses
/// only feasible operands and ends within its limits.
///
/// ```swift
/// let automaton = try PlanAutomaton(vocabulary: vocabulary, signature: signature, limits: PlanLimits())
/// var state = try automaton.start(goal: goal, feasibility: feasibility)
/// while !state.isComplete { try state.advance(choose(from: state.allowed)) }
/// ```
///
/// Guarantees, for every state reachable by allowed tokens:
/// - at least one token is allowed until the plan is complete;
/// - a token is allowed only if the shortest completion after it fits the token budget and the node limit, so the
///   tree always closes. Where the latent state admits no terminal but nothing else is allowed, or no action can
///   occur, terminals are allowed all the same: an early end is the verifier's to judge;
/// - inputs of actions are operands that `Feasibility.candidates` names; inputs of claims and subgoals too, where it
///   names any, and free otherwise; outputs and inputs of terminals are free.
///
/// Structure: a subgoal and an arm hold at least one step; terminals stand at the end of the goal's block or of an arm,
/// never inside a subgoal; nothing follows where the path has ended.
public struct PlanAutomaton: Sendable {
  let tables: AutomatonTables

  public var vocabulary: PlanVocabulary { tables.vocabulary }
  public var signature: PlanSignature { tables.signature }
  public var limits: PlanLimits { tables.limits }

  /// - Parameter heads: What may be generated, e.g. actions and terminals only; `nil` allows every head of the signature.
  ///
  /// Throws `PlanError` if a head is unknown, repeats inputs, or no terminal is allowed.
  public init(
    vocabulary: PlanVocabulary, signature: PlanSignature, heads: Set<PlanHead>? = nil, limits: PlanLimits
  ) throws {
    tables = try AutomatonTables(
      vocabulary: vocabulary, signature: signature, heads: heads ?? signature.heads, limits: limits)
  }

  /// The state just after the prompt.
  ///
  /// Throws `PlanError` if the goal does not fit the signature or the shortest plan does not fit the budget.
  public func start(goal: PlanCall, feasibility: any Feasibility) throws -> State {
    if let finding = PlanTypeChecker(signature).findings(in: goal, kind: .goal, at: PlanPath()).first {
      throw PlanError.goalMismatch(goal: goal.canonicalText, finding: finding.message)
    }
    let needed = tables.terminalCost.tokens + 1
    guard needed <= limits.tokenBudget else {
      throw PlanError.limitsTooSmall(neededTokens: needed, tokenBudget: limits.tokenBudget)
    }
    return State(goal: goal, feasibility: feasibility, tables: tables)
  }
}
