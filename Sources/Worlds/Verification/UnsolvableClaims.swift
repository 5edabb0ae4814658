/// How a verifier treats a plan that says its problem has no solution, which carrying out steps can neither prove nor refute.
enum UnsolvableClaims: Sendable {
  /// No plan: for inference, which must not reach a solver. The planner passes the claim on for others to score.
  case refuse
  /// Not judged: a prefix may still become anything.
  case leaveOpen
  /// Judged by an exact solver: for data, labels and scores.
  case ask(@Sendable () -> Bool)
}
