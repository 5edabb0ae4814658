extension ShareScorer {
  /// Problems answered correctly by the plan that the search itself found, without a repair.
  public static let firstAttemptAccuracy = ShareScorer { $0.correct && !$0.repaired }
}
