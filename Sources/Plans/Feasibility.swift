/// The latent state of one problem as the automaton needs it: which actions could occur now and on which declared
/// latent tokens. A value; worlds implement it.
///
/// It speaks of preconditions only. It never states what an action yields: that value is the model's to compute, and
/// `applying` takes the claimed one on trust (the verifier judges it).
public protocol Feasibility: Sendable {
  /// The action-feasibility vector: for each action entry of the signature, in order, whether it can occur now.
  func actionVector() -> [Bool]

  /// The declared terms that may stand as the next input of `action` after `inputs`, without duplicates, ascending.
  ///
  /// Asked for claims and subgoals by their names too; there, empty means that any term may stand. An action for which
  /// some input has no candidate cannot occur, whatever the vector says. Called for every prefix of operands whenever
  /// the latent state changes, so it should be cheap.
  func candidates(action: String, after inputs: [PlanTerm]) -> [PlanTerm]

  /// The state after `call` was claimed to yield `output`.
  func applying(_ call: PlanCall, output: PlanTerm?) -> any Feasibility

  /// Whether a terminal may be emitted now. A world says yes once at least one action was taken where the goal needs it.
  func allowsTerminal(_ outcome: String) -> Bool
}
